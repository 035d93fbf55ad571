import { MATCH_METHOD, MATCH_STATUS } from "./choices.ts";
import { choice, fields, number, seconds, text } from "./field.ts";

/** How a call was matched to a web visit. No sender states it. */
export const MATCH = fields(null, {
  status: choice(MATCH_STATUS, null, "Whether it was, and if not, why.", {
    required: true,
    given: false,
    column: "match_status",
  }),
  method: choice(MATCH_METHOD, null, "What tied them.", { given: false, column: "match_method" }),
  confidence: number(null, "How sure that is, 0 to 1.", { most: 1, given: false, column: "match_confidence" }),
  page: text(null, "Page that the customer was on.", { given: false, column: "match_page" }),
  url: text(null, "Address of that page, without its query string.", { given: false, column: "match_url" }),
  secondsBeforeCall: seconds(null, "Seconds from that page view to the call.", {
    given: false,
    column: "match_seconds",
  }),
  campaign: text(null, "Campaign that brought the visit.", { given: false, column: "match_campaign" }),
  medium: text(null, "Medium of that campaign.", { given: false, column: "match_medium" }),
  campaignSource: text(null, "Where that campaign was seen.", { given: false, column: "match_campaign_source" }),
  referrer: text(null, "Page that the visit came from.", { given: false, column: "match_referrer" }),
  landingPage: text(null, "Page on which the visit arrived.", { given: false, column: "match_landing_page" }),
});
