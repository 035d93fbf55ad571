// The Experience Data Model. In its published form each field has the prefix xdm:, on the wire it has none: both are
// read, under the names without.

/** A message of Adobe's streaming ingestion; its entity is one of the two below. */
export interface StreamingMessage {
  header: { createdAt: number };
  body: { xdmEntity: Record<string, string> };
}

/** Something that a customer did, at one moment. */
export interface ExperienceEvent {
  _id: string;
  "@id": string;
  timestamp: string;
  /** web.webpagedetails.pageViews, commerce.purchases, directMarketing.emailOpened … */
  eventType: string;
  identityMap: IdentityMap;
  web: {
    webPageDetails: { name: string; URL: string; siteSection: string };
    /** Older schemas have it in place of `eventType`. */
    webPageView: { name: string; URL: string };
    webReferrer: { URL: string };
  };
  commerce: { order: XdmOrder };
  order: XdmOrder;
  search: { keywords: string };
  siteSearch: { phrase: string; query: string };
  marketing: { campaignName: string; trackingCode: string };
  /** browser, application, iot … */
  environment: { type: string };
  device: { type: string };
  application: { name: string };
  /** The visit. */
  sessionID: string;
}

export interface XdmOrder {
  purchaseID: string;
  priceTotal: number;
  currencyCode: string;
  payments: { currencyCode: string }[];
  payment: { currencyCode: string };
}

/** Identities by the code of their namespace: ECID, Email, Phone, CRMID … */
type IdentityMap = Record<string, XdmIdentity[]>;

export interface XdmIdentity {
  id: string;
  primary: boolean;
  /** ambiguous, authenticated or loggedOut. */
  authenticatedState: string;
}

/** A profile: what is known of one person. */
export interface XdmProfile {
  _id: string;
  personID: string;
  /** When the record was last changed. */
  modifiedDate: string;
  _repo: { modifyDate: string };
  "repo:modifyDate": string;
  identityMap: IdentityMap;
  person: { name: { firstName: string; lastName: string; fullName: string }; gender: string; maritalStatus: string };
  homeAddress: { country: string; region: string; state: string; stateProvince: string };
  workAddress: { country: string; region: string; state: string; stateProvince: string };
  personalEmail: { address: string };
  workEmail: { address: string };
  mobilePhone: { number: string };
  homePhone: { number: string };
}
