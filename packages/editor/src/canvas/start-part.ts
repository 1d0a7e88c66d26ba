export { default as styles } from "../styles/start.css?inline";
export { StartWithRow } from "./start-with-row.tsx";
