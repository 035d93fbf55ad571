const PATHS = {
  "/desk": "M4 13v-1a8 8 0 0 1 16 0v1M4 13h3v6H5a1 1 0 0 1-1-1zm16 0h-3v6h2a1 1 0 0 0 1-1zM18 19c0 2-2 2.5-5 2.5",
  "/customers":
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.2M18 14.3c2.2.8 3.5 2.700 3.500 5.700",
  "/reports": "M4 20V10m5.300 10V4m5.400 16v-7m5.300 7V7",
  "/wallboard": "M4 16a8 8 0 1 1 16 0M12 16l4-5M3 20h18",
  "/operations": "M4 7h10m4 0h2M4 17h2m4 0h10M16 4.500v5M8 14.500v5",
  "/audit": "M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zM9 12l2 2 4-4",
  "/simulator":
    "M6 3h3l1.500 5-2 1.500a12 12 0 0 0 6 6l1.500-2 5 1.500v3c0 1.500-1 2.500-2.500 2.500C10.500 20.500 3.500 13.500 3.500 5.500 3.500 4 4.500 3 6 3z",
  theme: "M12 3a9 9 0 1 0 9 9c-4 3-10-2-9-9z",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M17 14h.01M8 14h6M7 14h.01",
  out: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
} as const;

export type IconName = keyof typeof PATHS;

/** A small line drawing; the text beside it carries the meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's logo. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M16 5a11 11 0 1 1-10.6 8" />
      <circle cx="16" cy="16" r="4" />
    </svg>
  );
}
