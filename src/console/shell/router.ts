import { useSyncExternalStore } from "react";

/**
 * The current view. The address holds its filters, so that a view can be shared; what names somebody is kept in the entry
 * of the tab's history instead: Back, Forward and a reload find it, and no list of addresses, log or proxy has it.
 */
export interface ViewAddress {
  path: string;
  search: URLSearchParams;
}

/** Parameters that hold what was typed about somebody: a number, an address, a name. */
const PRIVATE = ["find", "search"];
const MOVED = "c360-moved";
let known: { address: string; place: ViewAddress } | undefined;

/** The current address; a component that uses it is drawn again when it changes. */
export function usePlace(): ViewAddress {
  return useSyncExternalStore(onMove, readPlace);
}

/** One parameter of the address and its setter; an empty value removes it. */
export function useParameter(name: string, fallback = ""): [string, (value: string) => void] {
  const { search } = usePlace();
  return [search.get(name) ?? fallback, (value) => changeParameters({ [name]: value === fallback ? null : value })];
}

/** What is typed digit by digit is one change: changes of the same parameters within so long are one step back. */
const TYPING_MS = 1_000;
let changed = { names: "", at: Number.NEGATIVE_INFINITY };

/** Changes several parameters of the address at once; the browser's Back undoes it. */
export function changeParameters(changes: Record<string, string | null>): void {
  const search = new URLSearchParams(readPlace().search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  const query = search.toString();
  const change = { names: Object.keys(changes).join(), at: performance.now() };
  const isTyped = change.names === changed.names && change.at - changed.at < TYPING_MS;
  changed = change;
  go(location.pathname + (query ? `?${query}` : ""), { replace: isTyped, isSamePage: true });
}

/** Goes to a page of the console. */
export function go(address: string, { replace = false, isSamePage = false } = {}): void {
  const { shown, kept } = partsOf(address);
  if (replace) history.replaceState(kept, "", shown);
  else history.pushState(kept, "", shown);
  if (!replace && !isSamePage) window.scrollTo(0, 0);
  window.dispatchEvent(new Event(MOVED));
}

/** Takes what names somebody out of an address that was opened with it, such as an old bookmark. */
function hidePrivate(): void {
  const address = location.pathname + location.search;
  const { shown, kept } = partsOf(address);
  if (shown !== address) history.replaceState(kept, "", shown + location.hash);
}

/** An address without its private parameters, and these as the history keeps them. */
function partsOf(address: string): { shown: string; kept: Record<string, string> | null } {
  const [path = "", query = ""] = address.split("?");
  const search = new URLSearchParams(query);
  const kept = Object.fromEntries(PRIVATE.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));
  for (const name of PRIVATE) search.delete(name);
  const left = search.toString();
  return { shown: left ? `${path}?${left}` : path, kept: Object.keys(kept).length > 0 ? kept : null };
}

/** Makes ordinary links change the page without a reload; a click with a modifier is left to the browser. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    const { origin, pathname, search, hash } = new URL(link.href);
    if (origin !== location.origin || hash || pathname.startsWith("/graphiql")) return;
    event.preventDefault();
    go(pathname + search);
  });
}

function onMove(listener: () => void): () => void {
  window.addEventListener(MOVED, listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener(MOVED, listener);
    window.removeEventListener("popstate", listener);
  };
}

function readPlace(): ViewAddress {
  hidePrivate();
  const kept = history.state as Record<string, string> | null;
  const address = JSON.stringify([location.pathname, location.search, kept]);
  if (known?.address !== address) {
    const search = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(kept ?? {})) search.set(name, value);
    known = { address, place: { path: location.pathname, search } };
  }
  return known!.place;
}
