// A customer's page: it mounts the editor, starts it on a template, and shows what the session tells it.
import { createEditor } from "/plugin/v2/editor.js";

const byId = (id) => document.getElementById(id);

/** The host's own backend hands out browser tokens; the API key never reaches the page. */
async function token() {
  const response = await fetch("/host/token", { method: "POST" });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
}

const sessionSeconds = Number(new URLSearchParams(location.search).get("sessionSeconds"));

const bee = await createEditor({
  container: "#waggle",
  server: location.origin,
  token,
  templateName: "The autumn timetable",
  username: "Maya",
  userHandle: "maya",
  userColor: "#ffbf3c",
  onMcpSessionChange: showSessionEvent,
  // Ten minutes unless the address asks for another time: /?sessionSeconds=30
  ...(sessionSeconds > 0 ? { sessionTimeoutMs: sessionSeconds * 1000 } : {}),
});
// For people who look around in the console.
window.bee = bee;

const template = await (await fetch("/host/templates/newsletter.json")).json();
await bee.start(template);
logEvent("ready", "bee.start() resolved");

function showSessionEvent(event) {
  if (event.change) {
    const { username, isMcpUser } = event.change.value;
    logEvent(event.type, `${username}, isMcpUser: ${isMcpUser}`, "person");
    return;
  }
  logEvent(event.type, event.reason ? `${event.templateId}, ${event.reason}` : event.templateId, "session");
}

function logEvent(name, text, kind = "") {
  const item = document.createElement("li");
  const parts = [
    ["time", new Date().toTimeString().slice(0, 8)],
    ["b", name],
    ["code", text],
  ];
  for (const [tag, content] of parts) {
    const element = document.createElement(tag);
    element.textContent = content;
    item.append(element);
  }
  item.className = kind;
  byId("events").prepend(item);
}

function showStatus() {
  const { session } = bee.status;
  byId("session-state").textContent = session?.state ?? "none";
  byId("session-state").dataset.state = session?.state ?? "none";
  byId("template-id").textContent = session?.templateId ?? "–";
  byId("copy-id").hidden = !session?.templateId;
  byId("stop-session").hidden = session?.state !== "active";
}

function showPeople() {
  byId("people").replaceChildren(
    ...(bee.status.session ? bee.people : []).map((person) => {
      const item = document.createElement("li");
      const badge = document.createElement("span");
      badge.className = person.isMcpUser ? "badge agent" : "badge";
      badge.style.background = person.color;
      badge.textContent = person.actor.name.slice(0, 1).toUpperCase();
      const name = document.createElement("b");
      name.textContent = person.isSelf ? "You" : person.actor.name;
      const role = document.createElement("span");
      role.textContent = person.isMcpUser ? "agent" : "person";
      item.append(badge, name, role);
      return item;
    }),
  );
}

async function runAgent() {
  const button = byId("run-agent");
  button.disabled = true;
  byId("agent-note").textContent = "";
  try {
    const templateId = bee.status.session?.templateId ?? (await bee.startMcpSession()).templateId;
    const response = await fetch("/host/agent", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ templateId }),
    });
    if (!response.ok) throw new Error((await response.json()).message);
  } catch (error) {
    byId("agent-note").textContent = error.message;
  } finally {
    button.disabled = false;
  }
}

bee.on("status", showStatus);
bee.on("status", showPeople);
bee.on("people", showPeople);
byId("run-agent").addEventListener("click", runAgent);
byId("stop-session").addEventListener("click", () => bee.stopMcpSession());
byId("copy-id").addEventListener("click", () => navigator.clipboard.writeText(byId("template-id").textContent));
byId("clear-events").addEventListener("click", () => byId("events").replaceChildren());
showStatus();
