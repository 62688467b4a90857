import { defineWords } from "../../../ui/words.tsx";

/** The words of signing in. */
export const saySignIn = defineWords("sign-in", {
  en: {
    signIn: "Sign in",
    email: "E-mail",
    password: "Password",
    otherWays: "Other ways in",
    agency: "Sign in with {{agency}}",
    passkey: "Sign in with a passkey",
    link: "Send me a link by e-mail",
    lost: "I have lost my password",
    demo: "Try it as one of these people",
    demoText: "This is a demonstration: the people are fictional. All of them sign in with {password}",
    noAccount: "No account? An administrator of your hub invites you.",
    emailMissing: "Enter your e-mail.",
    emailLong: "This e-mail is too long.",
    emailWrong: "Enter your e-mail, such as ada@example.org.",
    passwordMissing: "Enter your password.",
    passwordLong: "This password is too long.",
    refused: "The e-mail or the password is not right. Check both, and try again.",
    tooMany_one: "Too many attempts. Wait {{shown}} minute, then try again.",
    tooMany_other: "Too many attempts. Wait {{shown}} minutes, then try again.",
    tooManyThere_one:
      "There were too many wrong passwords for this e-mail, perhaps not yours. Wait {{shown}} minute, or use another way in: a link by e-mail or a passkey works all the time.",
    tooManyThere_other:
      "There were too many wrong passwords for this e-mail, perhaps not yours. Wait {{shown}} minutes, or use another way in: a link by e-mail or a passkey works all the time.",
    passkeyRefused:
      "The passkey was not accepted. It may belong to another hub, or have been removed. Try again, or sign in another way.",
    passkeyNeedsScript: "Passkeys need JavaScript. Sign in another way.",
    signedOut: "You are signed out.",
    notSignedIn: "Not signed in",
    didNotWork: "That did not work",
    back: "Back to signing in",
  },
  es: {
    signIn: "Iniciar sesión",
    email: "Correo electrónico",
    password: "Contraseña",
    otherWays: "Otras formas de entrar",
    agency: "Iniciar sesión con {{agency}}",
    passkey: "Iniciar sesión con una llave de acceso",
    link: "Enviarme un enlace por correo electrónico",
    lost: "Perdí mi contraseña",
    demo: "Pruebe como una de estas personas",
    demoText: "Esto es una demostración: las personas son ficticias. Todas inician sesión con {password}",
    noAccount: "¿No tiene cuenta? La persona que administra su centro le envía una invitación.",
    emailMissing: "Escriba su correo electrónico.",
    emailLong: "Este correo electrónico es demasiado largo.",
    emailWrong: "Escriba su correo electrónico, por ejemplo ada@example.org.",
    passwordMissing: "Escriba su contraseña.",
    passwordLong: "Esta contraseña es demasiado larga.",
    refused: "El correo electrónico o la contraseña no son correctos. Revíselos e inténtelo de nuevo.",
    tooMany_one: "Demasiados intentos. Espere {{shown}} minuto e inténtelo de nuevo.",
    tooMany_other: "Demasiados intentos. Espere {{shown}} minutos e inténtelo de nuevo.",
    tooManyThere_one:
      "Hubo demasiadas contraseñas incorrectas para este correo electrónico, quizás no suyas. Espere {{shown}} minuto, o entre de otra forma: un enlace por correo electrónico o una llave de acceso sirven siempre.",
    tooManyThere_other:
      "Hubo demasiadas contraseñas incorrectas para este correo electrónico, quizás no suyas. Espere {{shown}} minutos, o entre de otra forma: un enlace por correo electrónico o una llave de acceso sirven siempre.",
    passkeyRefused:
      "No se aceptó la llave de acceso. Puede ser de otro centro, o puede que la hayan quitado. Inténtelo de nuevo o entre de otra forma.",
    passkeyNeedsScript: "Las llaves de acceso necesitan JavaScript. Entre de otra forma.",
    signedOut: "Cerró la sesión.",
    notSignedIn: "No se inició la sesión",
    didNotWork: "Eso no funcionó",
    back: "Volver a iniciar sesión",
  },
});

/** The words of links that come by mail, and of the passwords chosen through them. */
export const saySignInLink = defineWords("sign-in-link", {
  en: {
    linkTitle: "Sign in with a link",
    linkIntro: "We send a link to your e-mail address. It signs you in without a password.",
    passwordTitle: "Choose a new password",
    passwordIntro:
      "We send a link to your e-mail address. It leads to a page where you choose a new password.",
    send: "Send me a link",
    noMail:
      "This hub does not send mail yet. What you ask for here waits for its administrator to hand over.",
    tooMany_one: "Too many links were asked for. Wait {{shown}} minute, then try again.",
    tooMany_other: "Too many links were asked for. Wait {{shown}} minutes, then try again.",
    asked: "Look into your mail",
    askedText:
      "If somebody signs in here with that address, a link is on its way to it. It works once, for {{minutes}} minutes.",
    askedHelp:
      "Nothing after some minutes? Look among unwanted mail, check that you typed the address with which you are known here, and ask again.",
    welcomeBack: "Welcome back, {{name}}",
    onePress: "One press, and you are signed in on this device.",
    gone: "This link does not work any more",
    goneText: "Links work once and not for ever, and a newer one ends the older ones. Ask for a fresh one:",
    sendNew: "Send me a new link",
    welcome: "Welcome",
    welcomeName: "Welcome, {{name}}",
    signInAs: "You sign in as {email}.",
    for: "For {email}.",
    choose: "Choose a password",
    new: "New password",
    saveAndGo: "Save it and go in",
    save: "Save the new password",
    welcomeSaved: "Welcome. Your password is saved.",
    saved: "Your new password is saved, and you are signed out everywhere. Sign in with it.",
  },
  es: {
    linkTitle: "Iniciar sesión con un enlace",
    linkIntro: "Le enviamos un enlace a su correo electrónico. Con él entra sin contraseña.",
    passwordTitle: "Elegir una contraseña nueva",
    passwordIntro:
      "Le enviamos un enlace a su correo electrónico. Lleva a una página donde usted elige una contraseña nueva.",
    send: "Enviarme un enlace",
    noMail:
      "Este centro todavía no envía correos. Lo que pida aquí espera a que la persona que lo administra se lo entregue.",
    tooMany_one: "Se pidieron demasiados enlaces. Espere {{shown}} minuto e inténtelo de nuevo.",
    tooMany_other: "Se pidieron demasiados enlaces. Espere {{shown}} minutos e inténtelo de nuevo.",
    asked: "Revise su correo",
    askedText:
      "Si alguien entra aquí con esa dirección, un enlace va en camino. Sirve una sola vez, durante {{minutes}} minutos.",
    askedHelp:
      "¿No le llega nada después de unos minutos? Busque en el correo no deseado, revise que escribió la dirección con la que le conocen aquí y pida el enlace otra vez.",
    welcomeBack: "Qué gusto verle de nuevo, {{name}}",
    onePress: "Presione una vez y su sesión queda abierta en este dispositivo.",
    gone: "Este enlace ya no sirve",
    goneText:
      "Los enlaces sirven una sola vez y por un tiempo, y uno nuevo anula los anteriores. Pida uno nuevo:",
    sendNew: "Enviarme un enlace nuevo",
    welcome: "Le damos la bienvenida",
    welcomeName: "Le damos la bienvenida, {{name}}",
    signInAs: "Usted inicia sesión como {email}.",
    for: "Para {email}.",
    choose: "Elija una contraseña",
    new: "Contraseña nueva",
    saveAndGo: "Guardarla y entrar",
    save: "Guardar la contraseña nueva",
    welcomeSaved: "Le damos la bienvenida. Su contraseña está guardada.",
    saved: "Su contraseña nueva está guardada y su sesión se cerró en todas partes. Inicie sesión con ella.",
  },
});
