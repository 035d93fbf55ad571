import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const PLACE = "c360.theme";
const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");

/** Light or dark: what was chosen here, else what the system says. */
export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    system.addEventListener("change", listener);
    return () => {
      listeners.delete(listener);
      system.removeEventListener("change", listener);
    };
  }, readTheme);
}

/** Puts the theme on the page, before the first drawing and at each change. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = readTheme();
  system.addEventListener("change", () => {
    document.documentElement.dataset.theme = readTheme();
  });
}

/** From light to dark, or back; the choice is remembered. */
export function switchTheme(): void {
  localStorage.setItem(PLACE, readTheme() === "dark" ? "light" : "dark");
  document.documentElement.dataset.theme = readTheme();
  for (const listener of listeners) listener();
}

function readTheme(): Theme {
  const chosen = localStorage.getItem(PLACE);
  if (chosen === "light" || chosen === "dark") return chosen;
  return system.matches ? "dark" : "light";
}
