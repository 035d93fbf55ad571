import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { DeskPage } from "../desk/desk.tsx";

export interface Page {
  /** The start of its addresses. */
  path: string;
  title: string;
  /** Pressed after `g`. */
  key: string;
  view: ComponentType | LazyExoticComponent<ComponentType>;
}

const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }));

/** The pages of the console in the order of the navigation. Only the desk comes with the first load. */
export const PAGES: readonly Page[] = [
  { path: "/desk", title: "Desk", key: "d", view: DeskPage },
  {
    path: "/customers",
    title: "Customers",
    key: "c",
    view: page(() => import("../customers/customers.tsx"), "CustomersPage"),
  },
  { path: "/reports", title: "Reports", key: "r", view: page(() => import("../reports/reports.tsx"), "ReportsPage") },
  {
    path: "/wallboard",
    title: "Wallboard",
    key: "w",
    view: page(() => import("../wallboard/wallboard.tsx"), "WallboardPage"),
  },
  {
    path: "/operations",
    title: "Operations",
    key: "o",
    view: page(() => import("../operations/operations.tsx"), "OperationsPage"),
  },
  {
    path: "/simulator",
    title: "Simulator",
    key: "s",
    view: page(() => import("../simulator/simulator.tsx"), "SimulatorPage"),
  },
];

/** The page that an address belongs to; the desk is where one starts. */
export function pageAt(path: string): Page | null {
  if (path === "/") return PAGES[0]!;
  return PAGES.find((candidate) => path === candidate.path || path.startsWith(`${candidate.path}/`)) ?? null;
}
