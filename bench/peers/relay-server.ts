// A bare WebSocket relay: what reaches one socket is sent to all others. The floor a painted edit is compared with.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const page = `<!doctype html><meta charset="utf-8"><title>relay</title><p id="text"></p><script>
const socket = new WebSocket(location.origin.replace("http", "ws"));
const channel = new MessageChannel();
channel.port1.onmessage = () => window.painted.push(performance.timeOrigin + performance.now());
window.painted = [];
socket.onmessage = (event) => {
  document.getElementById("text").textContent = event.data;
  requestAnimationFrame(() => channel.port2.postMessage(0));
};
socket.onopen = () => { window.ready = true; };
</script>`;

const http = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page));
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on("connection", (socket) => {
  socket.on("message", (data, isBinary) => {
    for (const other of sockets.clients) if (other !== socket) other.send(data, { binary: isBinary });
  });
});
http.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
