import { AppError } from "../kit/errors.ts";

/** How far events belong together. */
export type CountedContainer = "SESSION" | "SENDER_SESSION" | "CUSTOMER";

/** Whether it is one session. Sessions as their senders cut them are refused: they lie among each other, and here events are walked in order. */
export function isOneSession(container: CountedContainer | null | undefined): boolean {
  if (container !== "SENDER_SESSION") return container === "SESSION";
  throw new AppError(
    "BAD_INPUT",
    "SENDER_SESSION is what overlaps, fallouts and flows go by; say SESSION or CUSTOMER as the `container` here.",
    ["container"],
  );
}
