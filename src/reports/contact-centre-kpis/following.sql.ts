import { sql } from "../../db/sql.ts";

// Amazon Connect opens a contact of its own for whoever an agent calls in, and neither record says what came of it: whether
// the second ended before the first, as a consult does, or went on after it, as a transfer does. Such a leg states a key that
// is not its own id, and does not say who called whom.

/** Whether the leg `i` was a consult: it followed another leg of its contact, and lies within its talk. */
export const IS_WITHIN = sql`(
          i.is_consult is null and i.direction is null and i.channel_type = 'VOICE'
          and coalesce(i.contact_key <> i.source_id, false)
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is not true
              and o.interaction_start_time < i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          )
        )`;

/** Whether the customer of the leg `i` was handed on: what it says, else whether a leg that followed it went on after it. */
export const IS_TRANSFERRED = sql`coalesce(
          i.is_transferred,
          case when i.contact_key is not null and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is null and o.direction is null and o.contact_key <> o.source_id
              and o.interaction_start_time > i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          ) then true end
        )`;
