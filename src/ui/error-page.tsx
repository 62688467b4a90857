import type { Child, FC } from "hono/jsx";
import { type ButtonProps, Buttons } from "./form.tsx";
import { defineWords } from "./words.tsx";

export type ErrorKind = 403 | 404 | 409 | 422 | 429 | 500 | 503;

const say = defineWords("error-page", {
  en: {
    kind: "Error {{kind}}",
    reference: "Reference",
    home: "Go to the home page",
    heading403: "This page is not open to you",
    what403: "You are signed in, but your role here does not include this page. Nothing was changed.",
    next403:
      "If you need it for your work, ask the person who manages your organization's accounts. If you belong to several organizations, switch to the right one.",
    heading404: "There is no page at this address",
    what404: "It may have moved, or a letter may be missing from the address.",
    next404: "Check the address, or start again from the home page.",
    heading409: "Someone changed this before you did",
    what409:
      "While you were working, the same thing was changed elsewhere. Your change was not saved, and theirs was not overwritten.",
    next409: "Open it again to see how it stands now, then make your change once more.",
    heading422: "Something in this form could not be read",
    what422: "Nothing was saved. What you typed is still in your browser.",
    next422: "Go back, look at what is marked, and send it again.",
    heading429: "That was a little too fast",
    what429: "Many requests came from here in a short time, so we paused. Nothing was lost.",
    next429: "Wait a minute, then try again.",
    heading500: "Something went wrong on our side",
    what500: "It is not your doing. What you sent was not saved, and nothing is half done.",
    next500:
      "Try again in a moment. If it happens again, tell us what you were doing and give the number below.",
    heading503: "This took too long",
    what503:
      "The hub stopped looking, because it took too long: it has much to do just now, or there is too much to look through at once. Nothing was changed.",
    next503:
      "Try again in a minute, or choose less, such as one year or one organization. If it happens again, give the number below.",
  },
  es: {
    kind: "Error {{kind}}",
    reference: "Referencia",
    home: "Ir a la página de inicio",
    heading403: "Usted no tiene acceso a esta página",
    what403: "Inició sesión, pero su función aquí no incluye esta página. No se cambió nada.",
    next403:
      "Si la necesita para su trabajo, pregunte a quien administra las cuentas de su organización. Si pertenece a varias organizaciones, cambie a la correcta.",
    heading404: "No hay ninguna página en esta dirección",
    what404: "Puede que haya cambiado de lugar, o que falte una letra en la dirección.",
    next404: "Revise la dirección o vuelva a empezar desde la página de inicio.",
    heading409: "Alguien cambió esto antes que usted",
    what409:
      "Mientras usted trabajaba, lo mismo se cambió en otro lugar. Su cambio no se guardó, y el de la otra persona sigue en pie.",
    next409: "Abra la página de nuevo para ver cómo está ahora y haga su cambio otra vez.",
    heading422: "Algo de este formulario no se pudo leer",
    what422: "No se guardó nada. Lo que usted escribió sigue en su navegador.",
    next422: "Vuelva atrás, mire lo que está marcado y envíelo de nuevo.",
    heading429: "Eso fue un poco demasiado rápido",
    what429:
      "Llegaron muchas solicitudes desde aquí en poco tiempo, así que hicimos una pausa. No se perdió nada.",
    next429: "Espere un minuto e inténtelo de nuevo.",
    heading500: "Algo falló de nuestro lado",
    what500: "No fue culpa suya. Lo que envió no se guardó, y nada quedó a medias.",
    next500:
      "Inténtelo de nuevo en un momento. Si vuelve a pasar, díganos qué estaba haciendo y dé el número de abajo.",
    heading503: "Esto tardó demasiado",
    what503:
      "El centro dejó de buscar porque tardaba demasiado: tiene mucho que hacer en este momento, o hay demasiado que revisar de una vez. No se cambió nada.",
    next503:
      "Inténtelo de nuevo en un minuto, o elija menos, como un solo año o una sola organización. Si vuelve a pasar, dé el número de abajo.",
  },
});

export type ErrorPageProps = {
  kind: ErrorKind;
  /** 1 on a page of its own. */
  level?: 1 | 2 | 3 | undefined;
  /** In place of the general words, where more is known. */
  heading?: Child;
  what?: Child;
  next?: Child;
  main?: ButtonProps | undefined;
  quiet?: ButtonProps[] | undefined;
  /** Under which the log can be searched. */
  reference?: string | undefined;
};

/** The heading of an error's page, for its title. */
export const errorHeading = (kind: ErrorKind): string => say(`heading${kind}`);

/** What happened, and what to do next. */
export const ErrorPage: FC<ErrorPageProps> = ({
  kind,
  level = 1,
  heading,
  what,
  next,
  main,
  quiet,
  reference,
}) => {
  const Heading = `h${level}` as "h1";
  return (
    <div class="error-page stack">
      <p class="error-kind">{say("kind", { kind })}</p>
      <Heading>{heading ?? say(`heading${kind}`)}</Heading>
      <p class="lead">{what ?? say(`what${kind}`)}</p>
      <p>{next ?? say(`next${kind}`)}</p>
      {reference ? (
        <p class="small soft">
          {say("reference")} <code>{reference}</code>
        </p>
      ) : null}
      <Buttons main={main ?? { label: say("home"), href: "/" }} quiet={quiet} />
    </div>
  );
};
