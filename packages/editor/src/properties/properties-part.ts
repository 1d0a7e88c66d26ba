export { default as styles } from "../styles/properties.css?inline";
export { ModuleForm } from "./module-form.tsx";
