import { type ComponentType, type LazyExoticComponent, lazy, useMemo } from "react";
import { type Scope, useMay } from "../api/viewer.ts";
import { DeskPage } from "../desk/desk.tsx";

export interface Page {
  /** The start of its addresses. */
  path: string;
  title: string;
  /** Pressed after `g`. */
  key: string;
  /** Whoever has one of these scopes finds something on it. */
  needs: readonly Scope[];
  view: ComponentType | LazyExoticComponent<ComponentType>;
  /** Fetches its code, so that it is there when the page opens. */
  load?: () => Promise<unknown>;
}

/** A page whose code comes when it is first needed. */
function later<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return { load, view: lazy(async () => ({ default: (await load())[name] })) };
}

/** The pages of the console in the order of the navigation. Only the desk comes with the first load. */
export const PAGES: readonly Page[] = [
  { path: "/desk", title: "Desk", key: "d", needs: ["customers:read"], view: DeskPage },
  {
    path: "/customers",
    title: "Customers",
    key: "c",
    needs: ["customers:read"],
    ...later(() => import("../customers/customers.tsx"), "CustomersPage"),
  },
  {
    path: "/reports",
    title: "Reports",
    key: "r",
    needs: ["reports:read"],
    ...later(() => import("../reports/reports.tsx"), "ReportsPage"),
  },
  {
    path: "/wallboard",
    title: "Wallboard",
    key: "w",
    needs: ["reports:read"],
    ...later(() => import("../wallboard/wallboard.tsx"), "WallboardPage"),
  },
  {
    path: "/operations",
    title: "Operations",
    key: "o",
    needs: ["intake:read", "rejections:read", "keys:admin"],
    ...later(() => import("../operations/operations.tsx"), "OperationsPage"),
  },
  {
    path: "/simulator",
    title: "Simulator",
    key: "s",
    needs: ["live:announce"],
    ...later(() => import("../simulator/simulator.tsx"), "SimulatorPage"),
  },
];

/** The page that an address belongs to; the desk is where one starts. */
export function pageAt(path: string): Page | null {
  if (path === "/") return PAGES[0]!;
  return PAGES.find((candidate) => path === candidate.path || path.startsWith(`${candidate.path}/`)) ?? null;
}

/** The pages on which whoever is signed in finds something. */
export function useOpenPages(): readonly Page[] {
  const may = useMay();
  return useMemo(() => PAGES.filter(({ needs }) => needs.some(may)), [may]);
}
