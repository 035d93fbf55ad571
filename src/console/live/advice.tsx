import type { LookupFields } from "./pop.query.ts";

/** The advice of the routing rules, and the reasons. */
export function Advice({ advice }: { advice: LookupFields["advice"] }) {
  const { skill, agentId, priority, likelyReason, deflection, reasons } = advice;
  const parts = [
    likelyReason && `probably about ${likelyReason}`,
    skill && `skill ${skill}`,
    agentId && `best with ${agentId}`,
    priority !== 5 && `priority ${priority}`,
    deflection && `offer: ${deflection.label}`,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <details className="advice">
      <summary>Advice: {parts.join("; ")}</summary>
      <ul>
        {reasons.map(({ rule, message }) => (
          <li key={rule}>
            {message} <span className="soft">({rule})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
