/** How far events belong together. */
export type Container = "SESSION" | "SENDER_SESSION" | "CUSTOMER";
