import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const PLACE = "c360.theme";
const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");

/** The theme: the chosen one, else the system's. */
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

/** Applies the theme before the first drawing and after each change. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = readTheme();
  system.addEventListener("change", () => {
    document.documentElement.dataset.theme = readTheme();
  });
}

/** Switches between light and dark and stores the choice. */
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
