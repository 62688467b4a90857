import { defineWords } from "../../ui/words.tsx";

/** The words of the page about the hub. */
export const sayAbout = defineWords("about", {
  en: {
    title: "About this hub",
    description: "What this hub is, how its figures are made safe, and how to tell us about a barrier.",
    hub: "Who we are",
    hubText:
      "{{hub}} works with organizations that recruit, train, employ and keep people in behavioral health. They tell us each year whom they trained and what came of it. What can be shared safely stands on these pages, for everybody.",
    hubLinks: "Read the {results}, or take the {data} along.",
    resultsLink: "results",
    dataLink: "open data",
    trellis: "What Trellis is",
    trellisText:
      "This site runs on Trellis, software for centers that help the behavioral health workforce grow. It follows one loop: a community names a need, a practice answers it, a program trains people, measures show what happened, and what was learned helps the next community.",
    figures: "How figures are made safe",
    figuresIntro: "Behind every figure are people. So that nobody can be recognized:",
    figuresReports: "Only reports that were checked and accepted are counted.",
    figuresFew: "Counts of 1 to {{most}} people are not shown. In their place stands the word “withheld”.",
    figuresMore: "Some larger counts are withheld too, where they would let somebody work out a small one.",
    figuresProof:
      "Before anything is published, a program checks every withheld count against all tables of that year, also earlier ones. If it cannot show that a count stays hidden, nothing is published.",
    figuresLimit:
      "This protects single counts from readers who know what is published here. It cannot protect from what somebody knows already from elsewhere.",
    figuresNames: "Organizations use codes of their own in place of trainees' names.",
    access: "Accessibility",
    accessIntro:
      "Everybody should be able to use these pages. We build them to meet the Web Content Accessibility Guidelines (WCAG) 2.2, level AA.",
    accessKeyboard: "They work with a keyboard, with a screen reader, and without JavaScript.",
    accessPhone:
      "They fit a small phone and can be enlarged. They follow your choice of light or dark colors.",
    accessCharts: "Every chart and map also stands there in words or as a table.",
    accessTests:
      "Programs check the pages each time the software changes. Such checks do not find every barrier, and no outside expert has reviewed the pages yet.",
    barrier: "Tell us about a barrier",
    barrierText:
      "Is something hard to use, to read or to hear? Tell {{hub}}, in the way you usually reach us. Say which page it was, what you wanted to do, and what got in the way. You can also ask for the information in another form.",
    languages: "Languages",
    languagesText:
      "The public pages are in English and Spanish: the link at the top of each page leads to the other language. Names, and what organizations write themselves, stay as they were written. Pages for people who work with the hub are in English.",
    privacy: "Your privacy",
    privacyText:
      "You can read the public pages without an account. Nobody follows your visit: there are no trackers and no advertisements, and nothing is loaded from other sites. Cookies serve signing in and short messages only.",
    license: "Open source",
    licenseText:
      "Trellis is open-source software under the Apache License, version 2.0. Everybody may use it, study it, change it and share it.",
    contact: "Contact",
    contactText: "{{hub}} answers for this site.",
  },
  es: {
    title: "Acerca de este centro",
    description:
      "Qué es este centro, cómo se protegen sus cifras y cómo avisarnos si algo le impide usar las páginas.",
    hub: "Quiénes somos",
    hubText:
      "{{hub}} trabaja con organizaciones que contratan, forman, emplean y apoyan a personas en el campo de la salud conductual. Cada año nos cuentan a quiénes formaron y qué resultó de ello. Lo que se puede compartir sin riesgo está en estas páginas, para todas las personas.",
    hubLinks: "Lea los {results} o llévese los {data}.",
    resultsLink: "resultados",
    dataLink: "datos abiertos",
    trellis: "Qué es Trellis",
    trellisText:
      "Este sitio funciona con Trellis, un programa para los centros que ayudan a crecer a la fuerza laboral de salud conductual. Sigue un solo ciclo: una comunidad nombra una necesidad, una práctica responde a ella, un programa forma a personas, las medidas muestran qué pasó, y lo aprendido ayuda a la próxima comunidad.",
    figures: "Cómo se protegen las cifras",
    figuresIntro: "Detrás de cada cifra hay personas. Para que no se pueda reconocer a nadie:",
    figuresReports: "Solo se cuentan los informes que fueron revisados y aceptados.",
    figuresFew:
      "Las cifras de 1 a {{most}} personas no se muestran. En su lugar está la palabra «reservado».",
    figuresMore:
      "También se reservan algunas cifras mayores, si con ellas alguien pudiera calcular una pequeña.",
    figuresProof:
      "Antes de publicar, un programa compara cada cifra reservada con todas las tablas de ese año, también las anteriores. Si no puede demostrar que la cifra queda oculta, no se publica nada.",
    figuresLimit:
      "Esto protege cada cifra frente a quien conoce lo publicado aquí. No puede proteger frente a lo que alguien ya sabe por otro medio.",
    figuresNames:
      "Las organizaciones usan códigos propios en lugar de los nombres de las personas en formación.",
    access: "Accesibilidad",
    accessIntro:
      "Todas las personas deben poder usar estas páginas. Las hacemos para que cumplan con las Pautas de Accesibilidad para el Contenido Web (WCAG) 2.2, nivel AA.",
    accessKeyboard: "Funcionan con teclado, con lector de pantalla y sin JavaScript.",
    accessPhone:
      "Caben en un teléfono pequeño y se pueden ampliar. Siguen su preferencia de colores claros u oscuros.",
    accessCharts: "Cada gráfica y cada mapa está también en palabras o en una tabla.",
    accessTests:
      "Cada vez que el programa cambia, las páginas se revisan de forma automática. Esas revisiones no encuentran todas las barreras, y todavía no las ha evaluado ninguna persona experta externa.",
    barrier: "Avísenos de una barrera",
    barrierText:
      "¿Algo es difícil de usar, de leer o de oír? Avise a {{hub}}, por el medio que usa siempre para comunicarse. Diga qué página era, qué quería hacer y qué se lo impidió. También puede pedir la información en otra forma.",
    languages: "Idiomas",
    languagesText:
      "Las páginas públicas están en inglés y en español: el enlace al inicio de cada página lleva al otro idioma. Los nombres, y lo que escriben las organizaciones, quedan como se escribieron. Las páginas para quienes trabajan con el centro están en inglés.",
    privacy: "Su privacidad",
    privacyText:
      "Puede leer las páginas públicas sin una cuenta. Nadie sigue su visita: no hay rastreadores ni anuncios, y no se carga nada de otros sitios. Las cookies sirven solo para iniciar sesión y para mensajes breves.",
    license: "Código abierto",
    licenseText:
      "Trellis es software de código abierto con la licencia Apache, versión 2.0. Todas las personas pueden usarlo, estudiarlo, cambiarlo y compartirlo.",
    contact: "Contacto",
    contactText: "{{hub}} es responsable de este sitio.",
  },
});

/** The words of the page of open data. */
export const sayData = defineWords("data", {
  en: {
    title: "Open data",
    description: "Everything that this hub publishes, to take along: files, an API and code lists.",
    lead: "Everything that this hub publishes can be taken along and used. Please name {{hub}} and the release as your source.",
    results: "Results, year by year",
    resultsText:
      "How many people were in training, by program type, profession, outcome and background, for every organization. Where a count is too small to show, the file has the word “withheld”. Never read it as 0. CSV opens in a spreadsheet, JSON is for programs; the headings in both are in English.",
    noResults: "Nothing is published yet. The files appear here with the first results.",
    year: "Year",
    release: "Release",
    published: "Published",
    files: "Files",
    filesOfYears: "Files of each year",
    csvOf: "Results of {{year}} as CSV",
    jsonOf: "Results of {{year}} as JSON",
    api: "For programs: the API",
    apiText:
      "The same figures can be read by a program, without an account. {page} explains how. {document} describes it for programs (OpenAPI 3.1).",
    apiPage: "The page of the API",
    apiDocument: "A document",
    codeLists: "Code lists",
    codeListsText: "What the codes in the files mean. Each list is JSON, with its source and its version.",
    lists: "Lists and their versions",
    list: "List",
    version: "Version",
  },
  es: {
    title: "Datos abiertos",
    description: "Todo lo que publica este centro, para llevar: archivos, una API y listas de códigos.",
    lead: "Todo lo que publica este centro se puede descargar y usar. Por favor, nombre a {{hub}} y el número de la publicación como su fuente.",
    results: "Resultados, año por año",
    resultsText:
      "Cuántas personas estaban en formación, por tipo de programa, profesión, situación al final del año y origen, para cada organización. Donde una cifra es demasiado pequeña para mostrarla, el archivo dice «withheld» (reservado). Nunca la lea como 0. CSV se abre en una hoja de cálculo, JSON es para programas; los títulos de ambos están en inglés.",
    noResults: "Todavía no hay nada publicado. Los archivos aparecerán aquí con los primeros resultados.",
    year: "Año",
    release: "Publicación",
    published: "Fecha",
    files: "Archivos",
    filesOfYears: "Archivos de cada año",
    csvOf: "Resultados de {{year}} en CSV",
    jsonOf: "Resultados de {{year}} en JSON",
    api: "Para programas: la API",
    apiText:
      "Un programa puede leer las mismas cifras, sin una cuenta. {page} explica cómo, en inglés. {document} la describe para programas (OpenAPI 3.1).",
    apiPage: "La página de la API",
    apiDocument: "Un documento",
    codeLists: "Listas de códigos",
    codeListsText:
      "Qué significan los códigos de los archivos. Cada lista es JSON, con su fuente y su versión.",
    lists: "Listas y sus versiones",
    list: "Lista",
    version: "Versión",
  },
});
