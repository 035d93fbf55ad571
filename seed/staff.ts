import type { Random } from "./random.ts";

export type ReasonName =
  | "invoice"
  | "payment"
  | "order"
  | "broadband fault"
  | "cancellation"
  | "moving home"
  | "roaming"
  | "password"
  | "new contract"
  | "complaint";

/** Why people call, which team answers, and how the call goes. */
export interface Reason {
  name: ReasonName;
  category: string;
  skill: string;
  team: string;
  department: string;
  talkSeconds: number;
  resolvedChance: number;
  /** The share of such calls that sell something, and for about how much. */
  saleChance: number;
  saleValue: number;
}

const care = { department: "Customer care", saleChance: 0, saleValue: 0 };
const sales = { department: "Sales", saleChance: 0.42, saleValue: 380 };

export const REASONS: Readonly<Record<ReasonName, Reason>> = {
  invoice: {
    name: "invoice",
    category: "billing",
    skill: "billing",
    team: "Billing A",
    talkSeconds: 380,
    resolvedChance: 0.62,
    ...care,
  },
  payment: {
    name: "payment",
    category: "billing",
    skill: "billing",
    team: "Billing B",
    talkSeconds: 240,
    resolvedChance: 0.84,
    ...care,
  },
  order: {
    name: "order",
    category: "shop",
    skill: "orders",
    team: "Orders",
    talkSeconds: 420,
    resolvedChance: 0.78,
    ...sales,
  },
  "broadband fault": {
    name: "broadband fault",
    category: "technical",
    skill: "technical",
    team: "Technical",
    talkSeconds: 620,
    resolvedChance: 0.55,
    ...care,
  },
  cancellation: {
    name: "cancellation",
    category: "contract",
    skill: "retention",
    team: "Retention",
    talkSeconds: 700,
    resolvedChance: 0.7,
    department: "Retention",
    saleChance: 0.25,
    saleValue: 220,
  },
  "moving home": {
    name: "moving home",
    category: "contract",
    skill: "orders",
    team: "Orders",
    talkSeconds: 480,
    resolvedChance: 0.75,
    ...care,
  },
  roaming: {
    name: "roaming",
    category: "billing",
    skill: "billing",
    team: "Billing B",
    talkSeconds: 260,
    resolvedChance: 0.82,
    ...care,
  },
  password: {
    name: "password",
    category: "account",
    skill: "general",
    team: "Front line",
    talkSeconds: 180,
    resolvedChance: 0.92,
    ...care,
  },
  "new contract": {
    name: "new contract",
    category: "shop",
    skill: "sales",
    team: "Sales desk",
    talkSeconds: 520,
    resolvedChance: 0.85,
    ...sales,
  },
  complaint: {
    name: "complaint",
    category: "care",
    skill: "complaints",
    team: "Complaints",
    talkSeconds: 780,
    resolvedChance: 0.48,
    ...care,
  },
};

export interface Agent {
  id: string;
  team: string;
  callCentreId: string;
}

const CALL_CENTRES = ["leeds", "glasgow", "cardiff"] as const;
const FIRST_NAMES = "maya tom ines ravi karin joe sofia dele hana petr leila marcus".split(" ");
const TEAMS = [...new Set(Object.values(REASONS).map((reason) => reason.team))];

/**
 * Four agents for each team, spread over the call centres. Their ids are made from their names, as the telephone system
 * does.
 */
export const AGENTS: readonly Agent[] = TEAMS.flatMap((team, row) =>
  [0, 1, 2, 3].map((seat) => ({
    id: `${FIRST_NAMES[(row * 4 + seat * 5) % FIRST_NAMES.length]!}.${team.toLowerCase().replaceAll(" ", "-")}.${seat + 1}`,
    team,
    callCentreId: CALL_CENTRES[(row + seat) % CALL_CENTRES.length]!,
  })),
);

export function agentFor(random: Random, team: string, callCentreId: string | null): Agent {
  const mates = AGENTS.filter((agent) => agent.team === team);
  const here = mates.filter((agent) => agent.callCentreId === callCentreId);
  return random.pick(here.length > 0 ? here : mates);
}
