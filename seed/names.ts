/** Invented people: any likeness is chance. Names from many countries. */
export const GIVEN_NAMES = (
  "Aisha Alasdair Amina Anders Aneurin Anita Arjun Astrid Beatriz Bronwen Callum Chidi Chloe Ciara Dafydd Daniel Dilys " +
  "Dmitri Dorota Eilidh Elena Emeka Emily Erik Esther Fatima Fergus Finn Gareth Grace Gwen Hamza Hannah Harriet Hiroshi " +
  "Hugo Imran Ingrid Isla Ivan Jasmine Jerzy Joanna Kenji Kwame Laila Lars Leon Lucia Magda Marek Martha Mei Mohammed " +
  "Morag Nadine Ngozi Niamh Nikhil Nina Oliver Olu Owen Paolo Parveen Priya Rhys Rosa Ruth Samir Sanjay Sean Shu Simone " +
  "Sofia Stefan Sunita Tariq Tomas Ursula Vera Wei Yasmin Yusuf Zainab Zofia"
).split(" ");

export const FAMILY_NAMES = (
  "Abara Adair Ahlberg Akhtar Almeida Anand Baczynski Bailey Banerjee Begum Bellweather Blackwood Bosko Brannigan Cadwallader " +
  "Carrow Chaudhry Chen Cole Costa Dalgleish Das Desai Dunmore Edwards Egan Ekwueme Eriksen Farrow Ferreira Finch Gallagher " +
  "Ghosh Greenhalgh Griffiths Haddad Halloran Haruki Hollis Hussain Ibe Iqbal Jankowski Jessop Kaplan Kaur Kowal Kumar " +
  "Lachlan Larsen Lewandowski Lin Lloyd Mahmood Marchetti Mensah Merriweather Mistry Moreno Murrow Nair Nakata Novak Nowak " +
  "Obi Oduya Olsen Ostrowski Pascoe Patel Penhale Petrov Pritchard Quayle Rashid Redfern Rossi Saeed Sandoval Silva Singh " +
  "Stanhope Strand Tanaka Teale Thorne Tran Tudor Underhill Vance Voss Whitlock Wong Yilmaz Zhang"
).split(" ");

export const OCCUPATIONS = (
  "nurse,teacher,electrician,accountant,bus driver,software engineer,chef,student,retired,plumber,librarian,pharmacist," +
  "solicitor,carer,architect,shop manager,welder,musician,civil servant,farmer"
).split(",");

export const PRODUCTS = [
  "fibre 500",
  "fibre 100",
  "mobile unlimited",
  "mobile 10 GB",
  "tv",
  "landline",
  "handset insurance",
];
export const BUSINESS_PRODUCTS = ["business fibre", "business mobile", "leased line", "switchboard"];
export const BUSINESSES =
  "Bakery,Joinery,Dental Practice,Cycles,Marine,Print Works,Garden Centre,Removals,Veterinary Clinic,Brewery".split(
    ",",
  );
export const ETHNICITIES = ["Asian", "Black", "Mixed", "Other", "White", null, null, null] as const;
export const MARITAL_STATUSES = ["single", "married", "divorced", "widowed", "civil partnership"] as const;
export const EMPLOYMENT = ["employed", "self-employed", "retired", "student", "not working"] as const;

/** Area codes with numbers that the regulator reserves for fiction: valid, and nobody's. */
export const REGIONS = [
  { name: "London", prefix: "+442079460", weight: 5 },
  { name: "Yorkshire", prefix: "+441134960", weight: 4 },
  { name: "Midlands", prefix: "+441214960", weight: 4 },
  { name: "North West", prefix: "+441614960", weight: 4 },
  { name: "Scotland", prefix: "+441414960", weight: 3 },
  { name: "Wales", prefix: "+442920180", weight: 3 },
  { name: "North East", prefix: "+441914980", weight: 2 },
] as const;
