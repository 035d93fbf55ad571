import { useSyncExternalStore } from "react";

const PLACE = "c360.key";
const VIEWER = "c360.viewer";
const listeners = new Set<() => void>();

/** The key of this tab; it goes when the tab is closed. Null: nobody is signed in. */
export function useKey(): string | null {
  return useSyncExternalStore(onKeyChange, readKey);
}

/** Calls its listeners when a user signs in or out. */
function onKeyChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The key of this tab, for a request. */
export function readKey(): string | null {
  return sessionStorage.getItem(PLACE);
}

/** The key of the tab that opened this one; a page of another origin has none for us. */
export function readKeyOfOpener(): string | null {
  try {
    return window.opener?.sessionStorage.getItem(PLACE) ?? null;
  } catch {
    return null;
  }
}

/** Signs in with a key, or out with null. */
export function changeKey(key: string | null): void {
  if (key) sessionStorage.setItem(PLACE, key);
  else sessionStorage.removeItem(PLACE);
  sessionStorage.removeItem(VIEWER);
  for (const listener of listeners) listener();
}

/**
 * Takes the key out of a link such as `/#key=…`, so that it stays in no history. It signs in where nobody is; where somebody
 * is, with another key, it is answered, and whoever sits there decides.
 */
export function takeKeyFromAddress(): string | null {
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  if (!key) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  const now = readKey();
  if (now !== null && now !== key) return key;
  if (now === null) changeKey(key);
  return null;
}

/** What was known of the key when the page was loaded last: the navigation need not wait to be told again. */
export function readViewer(): string | null {
  return sessionStorage.getItem(VIEWER);
}

export function keepViewer(viewer: string): void {
  sessionStorage.setItem(VIEWER, viewer);
}
