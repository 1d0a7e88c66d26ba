/** Where the stories find the server that the configuration starts. */
export const port = 4187;
export const origin = `http://127.0.0.1:${port}`;
export const apiKey = "wgl_e2e_0123456789";
