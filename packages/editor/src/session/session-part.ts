export { ActivityList } from "../activity/activity-list.tsx";
export { ConnectSheet } from "../connect/connect-sheet.tsx";
export { default as styles } from "../styles/session.css?inline";
export { ServerGone } from "./server-gone.tsx";
export { SessionBar } from "./session-bar.tsx";
