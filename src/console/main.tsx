import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { takeKeyFromAddress } from "./api/session.ts";
import { App } from "./shell/app.tsx";
import { followLinks } from "./shell/router.ts";
import { applyTheme } from "./shell/theme.ts";
import "./base.css";
import "./parts/parts.css";
import "./shell/shell.css";

takeKeyFromAddress();
applyTheme();
followLinks();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
