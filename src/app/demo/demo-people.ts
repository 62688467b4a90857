import type { Grant, Role } from "../../platform/database/actor.ts";

export interface DemoPersonRecord {
  name: string;
  email: string;
  roleInWords: string;
  /** A grantee code, or null for the hub. */
  organization: string | null;
  role: Role;
  grants: Grant[];
  /** A second organization, for switching. */
  also?: { organization: string; role: Role };
}

/** Everybody in the demonstration signs in with this. It is no secret. */
export const demoPassword = "trellis-grows-here";

/** One fictional person per role, the first one an administrator. */
export const demoPeople: readonly [DemoPersonRecord, ...DemoPersonRecord[]] = [
  {
    name: "Marisol Vance",
    email: "marisol@demo.example",
    roleInWords: "Administrator of the hub",
    organization: null,
    role: "administrator",
    grants: [],
  },
  {
    name: "Theo Brandt",
    email: "theo@demo.example",
    roleInWords: "Hub staff",
    organization: null,
    role: "hub_staff",
    grants: [],
  },
  {
    name: "Imani Okafor",
    email: "imani@demo.example",
    roleInWords: "Hub staff, reviewer: accepts reports",
    organization: null,
    role: "hub_staff",
    grants: ["reviewer"],
  },
  {
    name: "Lena Fosse",
    email: "lena@demo.example",
    roleInWords: "Hub staff, librarian",
    organization: null,
    role: "hub_staff",
    grants: ["librarian"],
  },
  {
    name: "Kofi Adler",
    email: "kofi@demo.example",
    roleInWords: "Hub staff, facilitator",
    organization: null,
    role: "hub_staff",
    grants: ["facilitator"],
  },
  {
    name: "Priya Nandakumar",
    email: "priya@demo.example",
    roleInWords: "Hub staff, evaluator: reads under pseudonyms",
    organization: null,
    role: "hub_staff",
    grants: ["evaluator"],
  },
  {
    name: "Ada Rivers",
    email: "ada@demo.example",
    roleInWords: "Organization lead in Ohio, also supervisor in Kentucky",
    organization: "G01",
    role: "organization_lead",
    grants: [],
    also: { organization: "G02", role: "supervisor" },
  },
  {
    name: "Samuel Teague",
    email: "samuel@demo.example",
    roleInWords: "Organization lead in Nebraska",
    organization: "G35",
    role: "organization_lead",
    grants: [],
  },
  {
    name: "Noor Haddad",
    email: "noor@demo.example",
    roleInWords: "Supervisor or mentor",
    organization: "G01",
    role: "supervisor",
    grants: [],
  },
  {
    name: "June Castellanos",
    email: "june@demo.example",
    roleInWords: "Worker or trainee",
    organization: "G01",
    role: "worker",
    grants: [],
  },
  {
    name: "Walt Emerson",
    email: "walt@demo.example",
    roleInWords: "Partner",
    organization: "G20",
    role: "partner",
    grants: [],
  },
];
