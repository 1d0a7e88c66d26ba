// @y/websocket-server as its own `server.js` sets it up. Documents are in memory only, unless YPERSISTENCE names a folder:
// then it keeps them in LevelDB by its own means, which writes every update and syncs none.
import { createServer } from "node:http";
import { getPersistence, setupWSConnection } from "@y/websocket-server/utils";
import { WebSocketServer } from "ws";

if ((getPersistence() !== null) !== Boolean(process.env.YPERSISTENCE)) throw new Error("YPERSISTENCE was not heard.");

const http = createServer((_request, response) => response.end("okay"));
const sockets = new WebSocketServer({ noServer: true });
sockets.on("connection", (socket, request) => setupWSConnection(socket, request));
http.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request));
});
http.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
