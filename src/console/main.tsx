import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { takeKeyFromAddress } from "./api/session.ts";
import { Shell } from "./shell/app.tsx";
import { pageAt } from "./shell/pages.ts";
import { followLinks } from "./shell/router.ts";
import { applyTheme } from "./shell/theme.ts";
import "./base.css";
import "./parts/parts.css";
import "./parts/controls.css";
import "./parts/table.css";
import "./shell/shell.css";

const offered = takeKeyFromAddress();
applyTheme();
// Loads the code of the page while the shell is drawn.
void pageAt(location.pathname)?.load?.();
followLinks();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Shell offered={offered} />
  </StrictMode>,
);
