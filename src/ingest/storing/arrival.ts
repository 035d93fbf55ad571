// How a visitor came: what the record says, else what the advertisement wrote into the address (UTM parameters, click ids).

/** A campaign, where it was seen and by what means. */
interface Campaign {
  campaign: string | null;
  medium: string | null;
  campaignSource: string | null;
}

/** What the systems that sell advertisements write into an address when theirs is clicked. */
const CLICK_IDS: readonly (readonly [id: string, source: string, medium: string])[] = [
  ["gclid", "google", "cpc"],
  ["gbraid", "google", "cpc"],
  ["wbraid", "google", "cpc"],
  ["dclid", "google", "display"],
  ["msclkid", "bing", "cpc"],
  ["fbclid", "facebook", "social"],
  ["ttclid", "tiktok", "paid social"],
  ["li_fat_id", "linkedin", "paid social"],
];

/** Characters of the longest text that a record may state. What is longer in an address is no name of a campaign. */
const MOST = 1_024;

/** What the record states; of what it leaves out, what the first of the addresses that says anything says. */
export function campaignIn(stated: Campaign, urls: readonly (string | null)[]): Campaign {
  for (const url of urls) {
    const told = url === null ? null : campaignOf(url);
    if (!told) continue;
    // Of another campaign the record says all that it knows.
    if (stated.campaign !== null && stated.campaign !== told.campaign) return stated;
    return {
      campaign: stated.campaign ?? told.campaign,
      medium: stated.medium ?? told.medium,
      campaignSource: stated.campaignSource ?? told.campaignSource,
    };
  }
  return stated;
}

function campaignOf(url: string): Campaign | null {
  const start = url.indexOf("?");
  if (start === -1) return null;
  // Some write UTM_CAMPAIGN; of a name that comes twice the first counts.
  const said = [...new URLSearchParams(url.slice(start + 1).replace(/#.*$/s, ""))].reverse();
  const query = new Map(said.map(([name, value]) => [name.toLowerCase(), value]));
  const textOf = (name: string) => {
    const text = query.get(name)?.replaceAll("\0", "").trim() ?? "";
    return text === "" || text.length > MOST ? null : text;
  };
  const told = { campaign: textOf("utm_campaign"), medium: textOf("utm_medium"), campaignSource: textOf("utm_source") };
  if (Object.values(told).some((text) => text !== null)) return told;
  const click = CLICK_IDS.find(([id]) => query.get(id));
  return click ? { campaign: null, medium: click[2], campaignSource: click[1] } : null;
}

/** Whether a referrer is a page of another site; null where the page itself does not say of which site it is. */
export function isElsewhere(referrer: string, url: string | null): boolean | null {
  const [from, to] = [hostOf(referrer) ?? hostAlone(referrer), url === null ? null : hostOf(url)];
  if (from === null) return false;
  return to === null ? null : from !== to;
}

/** The host of an address, capitals and a leading `www.` aside. */
function hostOf(url: string): string | null {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)/i.exec(url)?.[1]?.toLowerCase() ?? null;
}

/** Some trackers send the host of a referrer without a scheme: www.bing.com. The name of a file is none. */
function hostAlone(referrer: string): string | null {
  const host = /^(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#]|$)/i.exec(referrer)?.[1]?.toLowerCase();
  return host === undefined || /\.(?:html?|php|aspx?|jsp|cgi)$/.test(host) ? null : host;
}
