import { type Sql, sql } from "../db/sql.ts";

/** What brought the interaction `i`: what it says itself, else what brought the visit that it came out of. */
export const BROUGHT = {
  campaign: sql`coalesce(i.campaign, i.match_campaign)`,
  medium: sql`coalesce(i.medium, i.match_medium)`,
  campaignSource: sql`coalesce(i.campaign_source, i.match_campaign_source)`,
  referrer: sql`coalesce(i.referrer, i.match_referrer)`,
  landingPage: sql`coalesce(i.landing_page, i.match_landing_page)`,
} satisfies Record<string, Sql>;
