export const TWILIO = "twilio";
