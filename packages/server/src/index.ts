export { type AgentAccess, agentCommand } from "./addresses.ts";
export { type Config, defaultConfig, readConfig } from "./config/config.ts";
export { createServer, type ServerOptions, type WaggleApp, type WaggleServer } from "./server.ts";
export { describeServerTools } from "./tools/describe-server-tools.ts";
