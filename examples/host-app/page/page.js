// A customer's page: it mounts the editor, starts it on a template, and shows what the session tells it.
import { createEditor } from "/plugin/v2/editor.js";

const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const themes = ["light", "dark", "auto"];

/** The web app's campaigns; each is a template of its own. */
const campaigns = {
  newsletter: { title: "Autumn timetable", customer: "Slowline" },
  receipt: { title: "Parcel receipt", customer: "Ferrow" },
  event: { title: "Lantern Night", customer: "Glasshouse" },
};
const chosen = Object.hasOwn(campaigns, query.get("template")) ? query.get("template") : "newsletter";
const sharedId = query.get("join");
const username = query.get("as") ?? "Maya";
const sessionSeconds = Number(query.get("sessionSeconds"));

/** The host's own backend hands out browser tokens; the API key never reaches the page. */
async function token() {
  const response = await fetch("/host/token", { method: "POST" });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
}

const bee = await createEditor({
  container: "#waggle",
  server: location.origin,
  token,
  theme: themes.includes(query.get("theme")) ? query.get("theme") : "light",
  username,
  userHandle: username.toLowerCase(),
  userColor: username === "Maya" ? "#ffbf3c" : "#3a57f7",
  // Ten minutes unless the address asks for another time: /?sessionSeconds=30
  ...(sessionSeconds > 0 ? { sessionTimeoutMs: sessionSeconds * 1000 } : {}),
  onMcpSessionChange: showSessionEvent,
  onSessionStarted: ({ sessionId }) => logEvent("onSessionStarted", sessionId, "session"),
  onSessionChange: ({ change }) => showChange(change),
  onError: (error) => logEvent("onError", `${error.code}: ${error.message}`, "bad"),
});
// For people who look around in the console.
window.bee = bee;

showTheme(query.get("theme") ?? "light");
if (sharedId) await joinShared(sharedId);
else await open(chosen);

async function open(name) {
  const { title, customer } = campaigns[name];
  byId("title").textContent = title;
  byId("trail").textContent = `Campaigns / ${customer}`;
  document.title = `${title} – Postmill`;
  byId("template").value = name;
  const response = await fetch(`/host/templates/${name}.json`);
  await bee.start(await response.json());
  logEvent("ready", "bee.start() resolved");
}

async function joinShared(templateId) {
  byId("title").textContent = "Shared template";
  byId("trail").textContent = "Campaigns / Together";
  byId("managed").textContent = "API";
  byId("template").disabled = true;
  byId("second-view").href = `/?join=${encodeURIComponent(templateId)}&as=Jonas`;
  byId("second-view").hidden = false;
  byId("share").hidden = true;
  byId("alone").hidden = false;
  try {
    await bee.join(templateId);
  } catch (error) {
    byId("agent-note").textContent = error.message;
  }
}

function showSessionEvent(event) {
  if (event.change) showChange(event.change);
  else logEvent(event.type, event.reason ? `${event.reason}, ${event.templateId}` : event.templateId, "session");
}

function showChange({ type, value }) {
  logEvent(type, `${value.username}, isMcpUser: ${value.isMcpUser}`, "person");
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

let shown = "";

/** Each edit is a new status; the page is only touched when it would say something else. */
function showStatus() {
  const { session } = bee.status;
  const now = `${session?.state} ${session?.templateId} ${bee.history.canUndoAgents}`;
  if (now === shown) return;
  shown = now;
  byId("session-state").textContent = session?.state ?? "none";
  byId("session-state").dataset.state = session?.state ?? "none";
  byId("template-id").textContent = session?.templateId ?? "–";
  byId("copy-id").hidden = !session?.templateId;
  byId("stop-session").hidden = session?.state !== "active" || sharedId !== null;
  byId("undo-agents").hidden = !bee.history.canUndoAgents;
  showPeople();
}

function showPeople() {
  byId("people").replaceChildren(
    ...(bee.status.session ? bee.people : []).map((person) => {
      const item = document.createElement("li");
      const badge = document.createElement("span");
      badge.className = ["badge", person.isMcpUser && "agent", person.isSelf && "self"].filter(Boolean).join(" ");
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
    await post("/host/agent", { templateId });
  } catch (error) {
    byId("agent-note").textContent = error.message;
  } finally {
    button.disabled = false;
  }
}

/** The backend makes a template that many may share; this page goes there. */
async function share() {
  const { data } = await bee.getTemplateJson();
  try {
    const { templateId } = await post("/host/shared", { template: data.json });
    location.href = `/?join=${encodeURIComponent(templateId)}`;
  } catch (error) {
    byId("agent-note").textContent = error.message;
  }
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function showTheme(theme) {
  bee.editor.element.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
  }
}

function undoAgents() {
  const { entry, remarks } = bee.history.undo({ scope: "agents" });
  logEvent("undo agents", entry ? entry.label : "nothing to take back");
  for (const { sentence } of remarks) logEvent("kept", sentence);
}

for (const button of document.querySelectorAll("[data-set-theme]")) {
  button.addEventListener("click", () => showTheme(button.dataset.setTheme));
}
bee.on("status", showStatus);
bee.on("history", showStatus);
bee.on("people", showPeople);
byId("template").addEventListener("change", (event) => open(event.currentTarget.value));
byId("run-agent").addEventListener("click", runAgent);
byId("undo-agents").addEventListener("click", undoAgents);
byId("share").addEventListener("click", share);
byId("stop-session").addEventListener("click", () => bee.stopMcpSession());
byId("copy-id").addEventListener("click", () => navigator.clipboard.writeText(byId("template-id").textContent));
byId("clear-events").addEventListener("click", () => byId("events").replaceChildren());
showStatus();
