import { describe, expect, test } from "vitest";
import { campaignIn, isElsewhere } from "../../src/ingest/storing/arrival.ts";

const NOTHING = { campaign: null, medium: null, campaignSource: null };
const SITE = "https://www.example.org";

test.each([
  ["utm_campaign=spring&utm_medium=cpc&utm_source=google", ["spring", "cpc", "google"]],
  ["utm_source=newsletter", [null, null, "newsletter"]],
  ["utm_campaign=fr%C3%BChling+26#top", ["frühling 26", null, null]],
  ["utm_campaign=%E0%A4%A&utm_medium=", ["\uFFFD%A", null, null]],
  ["gclid=abc", [null, "cpc", "google"]],
  ["gbraid=abc", [null, "cpc", "google"]],
  ["wbraid=abc", [null, "cpc", "google"]],
  ["dclid=abc", [null, "display", "google"]],
  ["msclkid=abc", [null, "cpc", "bing"]],
  ["fbclid=abc", [null, "social", "facebook"]],
  ["ttclid=abc", [null, "paid social", "tiktok"]],
  ["li_fat_id=abc", [null, "paid social", "linkedin"]],
  // What an advertiser wrote says more than what the network added.
  ["gclid=abc&utm_campaign=spring&utm_source=ads", ["spring", null, "ads"]],
  ["gclid=", [null, null, null]],
  [`utm_campaign=${"a".repeat(1_023)}%F0%9F%98%80&utm_medium=%00cpc`, [null, "cpc", null]],
  ["ref=7&q=utm_campaign", [null, null, null]],
  ["UTM_Campaign=spring&Utm_Source=ads&utm_campaign=summer", ["spring", null, "ads"]],
  ["GCLID=abc", [null, "cpc", "google"]],
])("an address with ?%s tells of its campaign, medium and source", (query, [campaign, medium, campaignSource]) => {
  expect(campaignIn(NOTHING, [`${SITE}/offers?${query}`])).toEqual({ campaign, medium, campaignSource });
});

describe("what the record states", () => {
  const url = `${SITE}/?utm_campaign=spring&utm_medium=cpc&utm_source=google`;

  test("counts before what its address says, and is completed by it", () => {
    expect(campaignIn({ ...NOTHING, medium: "ppc" }, [url])).toEqual({
      campaign: "spring",
      medium: "ppc",
      campaignSource: "google",
    });
  });

  test("is not mixed with another campaign's", () => {
    const stated = { ...NOTHING, campaign: "summer" };

    expect(campaignIn(stated, [url])).toEqual(stated);
  });

  test("is completed by the first address that says anything", () => {
    expect(campaignIn(NOTHING, [null, `${SITE}/contact`, url]).campaign).toBe("spring");
  });
});

test.each([
  ["https://www.google.com/", `${SITE}/`, true],
  ["https://EXAMPLE.org:8443/shop", `${SITE}/`, false],
  ["https://user@example.org/", "http://example.org/shop", false],
  ["android-app://com.example", `${SITE}/`, true],
  ["/shop", `${SITE}/`, false],
  ["www.bing.com", `${SITE}/`, true],
  ["Duckduckgo.com/?q=", `${SITE}/`, true],
  ["example.org/shop", `${SITE}/`, false],
  ["shop.html", `${SITE}/`, false],
  ["(direct)", `${SITE}/`, false],
  ["https://www.google.com/", "/shop", null],
  ["https://www.google.com/", null, null],
])("a referrer %s of the page %s is of another site: %s", (referrer, url, answer) => {
  expect(isElsewhere(referrer, url)).toBe(answer);
});
