import { addresses, type Sender } from "./address.ts";
import { type AuthOptions, authenticator, type Credential, type Headers } from "./auth.ts";
import { openBudget } from "./budgets.ts";

/** Who may come in, and how often: one budget a key over all transports, one an address for what is open to strangers. */
export interface Gate {
  /** Who asks; takes one request of the key's. */
  admit(headers: Headers, from: Sender): Promise<Credential>;
  /** Who asks still, at an event of an operation that was admitted. */
  recognise(headers: Headers, from: Sender): Promise<Credential>;
  /** Takes one more request of the key's. */
  count(credential: Credential): void;
  /** Takes one request of the address's. */
  countStranger(from: Sender): void;
}

export interface GateOptions extends AuthOptions {
  requestsPerSecond: number;
}

export function openGate(options: GateOptions): Gate {
  const { requestsPerSecond, now = Date.now } = options;
  const recognise = authenticator(options);
  const addressOf = addresses(options.trustedProxies);
  const [keys, strangers] = [openBudget(requestsPerSecond, now), openBudget(requestsPerSecond, now)];
  const count = ({ viewer }: Credential) => keys.spend(viewer.id);
  return {
    recognise,
    count,
    countStranger: (from) => strangers.spend(addressOf(from)),
    async admit(headers, from) {
      const credential = await recognise(headers, from);
      count(credential);
      return credential;
    },
  };
}
