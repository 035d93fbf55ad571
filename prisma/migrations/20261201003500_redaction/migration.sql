ALTER TABLE "sources" ADD COLUMN "redacts" TEXT[] DEFAULT ARRAY['iban', 'card', 'ssn', 'email', 'phone', 'digits']::TEXT[];
