export const SOURCE = "twilio";
