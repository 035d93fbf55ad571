/** Who writes records, as far as the key binds it. What comes by a file or a signed message has no writer. */
export interface RecordWriter {
  role: string;
  /** The only agent that it may name; null names none where the role is agent, and binds no other role. */
  agentId: string | null;
  /** The sources that it may write as. */
  sources: readonly string[];
}

/** The pattern of every source. */
export const ANY_SOURCE = "*";

/** Whether a pattern means a source: its name, or how it begins and a star. */
export function maySource(patterns: readonly string[], source: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? source.startsWith(pattern.slice(0, -1)) : pattern === source,
  );
}

/** Whether the writer speaks for one agent only, or for none. */
export function isOneAgents({ role, agentId }: RecordWriter): boolean {
  return role === "agent" || agentId !== null;
}

/** Roles whose holders are believed about what they did, not about who is one person. */
const GUESTS: readonly string[] = ["ivr", "agent", "collector"];

/** Whether what it writes may not join customers. */
export function isGuest({ role }: RecordWriter): boolean {
  return GUESTS.includes(role);
}
