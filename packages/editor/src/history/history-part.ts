export { default as styles } from "../styles/history.css?inline";
export { HistoryContent, HistoryPanel } from "./history-panel.tsx";
