import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { Sheet } from "../parts/sheet.tsx";
import { type ConsolePage, useOpenPages } from "./pages.ts";
import { go } from "./router.ts";
import { switchTheme } from "./theme.ts";

interface Shortcut {
  /** One key, or two in a row: "g d". */
  keys: string;
  label: string;
  act: () => void;
}

/** How long the first key of two waits for the second. */
const WAIT_MS = 1_200;
const live = new Set<Shortcut>();
const ShowList = createContext<() => void>(() => {});

/** Opens the list of shortcuts. */
export const useShortcutList = () => useContext(ShowList);

/** A shortcut that is active while the component is on the page; null switches it off. */
export function useShortcut(keys: string, label: string, act: (() => void) | null): void {
  useEffect(() => {
    if (!act) return;
    const shortcut = { keys, label, act };
    live.add(shortcut);
    return () => void live.delete(shortcut);
  }, [keys, label, act]);
}

/** Listens to the keyboard, and shows the list of shortcuts. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const show = useMemo(() => () => setOpen(true), []);
  const pages = useOpenPages();
  useEffect(() => {
    const own = shellShortcuts(show, pages);
    for (const shortcut of own) live.add(shortcut);
    return () => {
      for (const shortcut of own) live.delete(shortcut);
    };
  }, [show, pages]);
  useEffect(listen, []);
  return (
    <ShowList value={show}>
      {children}
      <Sheet title="Shortcuts" isOpen={isOpen} onClose={() => setOpen(false)}>
        <dl className="shortcuts">
          {isOpen &&
            [...live].map(({ keys, label }) => (
              <div key={keys}>
                <dt>
                  {keys.split(" ").map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
        </dl>
      </Sheet>
    </ShowList>
  );
}

function shellShortcuts(show: () => void, pages: readonly ConsolePage[]): Shortcut[] {
  return [
    { keys: "?", label: "This list", act: show },
    ...pages.map(({ key, title, path }) => ({ keys: `g ${key}`, label: title, act: () => go(path) })),
    { keys: "t", label: "Light or dark", act: switchTheme },
  ];
}

function listen(): () => void {
  let first = { key: "", at: 0 };
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
    const isSecond = event.timeStamp - first.at < WAIT_MS;
    const both = isSecond ? `${first.key} ${event.key}` : event.key;
    first = { key: event.key, at: event.timeStamp };
    const found =
      [...live].findLast(({ keys }) => keys === both) ?? [...live].findLast(({ keys }) => keys === event.key);
    if (!found) return;
    event.preventDefault();
    found.act();
  };
  window.addEventListener("keydown", hear);
  return () => window.removeEventListener("keydown", hear);
}

/** A key in a field is text, and behind an open dialog no shortcut applies. */
function isTyping({ target }: KeyboardEvent): boolean {
  if (document.querySelector("[role=dialog]")) return true;
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
