import { defineWords } from "../../ui/words.tsx";

const say = defineWords("problems", {
  en: {
    page: "This page",
    notFound: "{{what}} does not exist, or belongs to an organization that you do not work for.",
  },
  es: {
    page: "Esta página",
    notFound: "{{what}} no existe, o es de una organización para la que usted no trabaja.",
  },
});

/** What can go wrong with a request, each with the page that people see. Thrown anywhere below a route. */
export class RequestProblem extends Error {
  readonly status: 400 | 403 | 404 | 409 | 413 | 422 | 429;
  constructor(status: RequestProblem["status"], message: string) {
    super(message);
    this.name = "RequestProblem";
    this.status = status;
  }
}

/** There is no such thing, or it belongs to another organization: the answer is the same. */
export const notFound = (what = say("page")): RequestProblem =>
  new RequestProblem(404, say("notFound", { what }));
/** The person may not do this. */
export const forbidden = (why: string): RequestProblem => new RequestProblem(403, why);
/** The thing has changed meanwhile, or is in a state that does not allow this. */
export const conflict = (why: string): RequestProblem => new RequestProblem(409, why);
/** What was sent cannot be used. */
export const unusable = (why: string): RequestProblem => new RequestProblem(422, why);
