import { type ComponentType, type LazyExoticComponent, lazy, useMemo } from "react";
import { type AskedScope, useMay } from "../api/viewer.ts";
import { DeskPage } from "../desk/desk.tsx";

export interface ConsolePage {
  /** The start of its addresses. */
  path: string;
  title: string;
  /** Pressed after `g`. */
  key: string;
  /** The page is useful to a viewer with one of these scopes. */
  needs: readonly AskedScope[];
  view: ComponentType | LazyExoticComponent<ComponentType>;
  /** Loads its code, so that it is there when the page opens. */
  load?: () => Promise<unknown>;
}

/** A page whose code is loaded when it is first needed. */
function later<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return { load, view: lazy(async () => ({ default: (await load())[name] })) };
}

/** The pages of the console in the order of the navigation. Only the desk comes with the first load. */
const PAGES: readonly ConsolePage[] = [
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
    needs: ["intake:read", "rejections:read", "keys:admin", "audit:read"],
    ...later(() => import("../operations/operations.tsx"), "OperationsPage"),
  },
  {
    path: "/audit",
    title: "Audit",
    key: "a",
    needs: ["audit:read"],
    ...later(() => import("../privacy/audit.tsx"), "AuditPage"),
  },
  {
    path: "/simulator",
    title: "Simulator",
    key: "s",
    needs: ["live:announce"],
    ...later(() => import("../simulator/simulator.tsx"), "SimulatorPage"),
  },
];

/** The page of an address; the default is the desk. */
export function pageAt(path: string): ConsolePage | null {
  if (path === "/") return PAGES[0]!;
  return PAGES.find((candidate) => path === candidate.path || path.startsWith(`${candidate.path}/`)) ?? null;
}

/** The pages that are useful to the viewer. */
export function useOpenPages(): readonly ConsolePage[] {
  const may = useMay();
  return useMemo(() => PAGES.filter(({ needs }) => needs.some(may)), [may]);
}
