// @y/websocket-server as its own `server.js` sets it up, with documents in memory only.
import { createServer } from "node:http";
import { setupWSConnection } from "@y/websocket-server/utils";
import { WebSocketServer } from "ws";

const http = createServer((_request, response) => response.end("okay"));
const sockets = new WebSocketServer({ noServer: true });
sockets.on("connection", (socket, request) => setupWSConnection(socket, request));
http.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request));
});
http.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
