### Textos de la interfaz, español. El número llega dos veces: `count` elige la forma, `shown` es como se escribe.

## Fechas
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sept
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic
weekday-1 = Lunes
weekday-2 = Martes
weekday-3 = Miércoles
weekday-4 = Jueves
weekday-5 = Viernes
weekday-6 = Sábado
weekday-7 = Domingo
date-long = { $day } de { $month } de { $year }, { $time } { $zone }
date-short = { $day } { $month_short }, { $time }
date-date = { $day } de { $month } de { $year }
date-day = { $weekday }, { $day } de { $month } de { $year }
number-group = .

## La página alrededor del contenido
skip-to-content = Ir al contenido
menu = Menú
sections = Secciones
all-sections = Todas las secciones y servicios
editions = Ediciones
front-page = Portada
search = Buscar
sign-in = Iniciar sesión
sign-out = Cerrar sesión
about-us = Quiénes somos
beside = Última hora
appearance = Apariencia
appearance-system = Como el dispositivo
appearance-light = Clara
appearance-dark = Oscura
shortcuts-on = Atajo de teclado: «/» abre la búsqueda
feed-rss = Canal RSS
lite-version = Versión de solo texto
full-version = Versión completa
dismiss = Descartar
close = Cerrar
loading = Cargando…
loading-failed = No se ha podido cargar. Inténtelo de nuevo.
connection-lost = La actualización en directo se ha interrumpido; reconectando.
connection-back = La actualización en directo se ha restablecido.

## Portadas y listas
live = En directo
live-now = Ahora en directo
top-stories = Noticias principales
latest-stories = Últimas noticias
most-read = Lo más leído
nothing-published = Todavía no se ha publicado nada aquí.
topic = Tema
topics = Temas
authors = Autores
pages = Páginas
pages-newer = Más recientes
pages-older = Anteriores
pages-at = Página { $page } de { $pages }
pages-number = Página { $page }
list-comma = {", "}
list-and = {" y "}
byline-by = Por
breaking = Última hora:

## Tipos de texto
kind-news = Noticia
kind-live = En directo
kind-feature = Reportaje
kind-analysis = Análisis
kind-opinion = Opinión
kind-offbeat = Curiosidades
kind-gallery = En imágenes
kind-video = Vídeo

## La noticia
published = Publicado
updated = Actualizado
first-published = Primera publicación
also-in = Léalo en
translation-stale = (en actualización)
translation-outdated = El original de esta traducción ha cambiado desde entonces:
copy-link = Copiar enlace
link-copied = Enlace copiado
share = Compartir
story-age-months = { $count ->
    [one] Este texto tiene más de { $count } mes.
    [many] Este texto tiene más de { $count } de meses.
   *[other] Este texto tiene más de { $count } meses.
  }
story-age-years = { $count ->
    [one] Este texto tiene más de { $count } año.
    [many] Este texto tiene más de { $count } de años.
   *[other] Este texto tiene más de { $count } años.
  }
what-changed = Qué ha cambiado
story-corrections = Correcciones y actualizaciones de este texto
sources-count = { $count ->
    [one] { $count } fuente de esta información
    [many] { $count } de fuentes de esta información
   *[other] { $count } fuentes de esta información
  }
source-confidential = Nombre reservado por la redacción
source-kind-official = fuente oficial
source-kind-document = documento
source-kind-witness = testigo presencial
source-kind-agency = agencia de noticias
source-kind-expert = persona experta
source-kind-data = datos
source-kind-anonymous = habló bajo condición de anonimato
storyline = La historia hasta ahora:
explore-topics = Más sobre estos temas
related = Noticias relacionadas
next-story = Siguiente noticia
next-read-here = Seguir leyendo aquí
gallery-at = { $at } de { $of }

## Cobertura en directo
live-closed = Esta cobertura en directo ha terminado.
live-entries = Actualizaciones en directo
key-event = Momento clave
key-events = Momentos clave
pinned = Fijado
live-held = { $count ->
    [one] { $shown } actualización nueva
    [many] { $shown } de actualizaciones nuevas
   *[other] { $shown } actualizaciones nuevas
  }
updates-pause = Pausar actualizaciones
updates-resume = Reanudar actualizaciones

## Versiones y correcciones
corrections = Correcciones
corrections-about = Todas las correcciones, aclaraciones, retractaciones y actualizaciones de fondo, de la más reciente a la más antigua. No cambiamos nada en silencio.
corrections-none = No hay correcciones por ahora.
correction-kind-update = Actualización
correction-kind-clarification = Aclaración
correction-kind-correction = Corrección
correction-kind-retraction = Retractación
corrected-update = Actualizado
corrected-clarification = Aclarado
corrected-correction = Corregido
corrected-retraction = Retractado
versions-about = Lo que vieron los lectores y cómo ha cambiado desde la primera publicación.
headline-before = Titular anterior
headline-after = Titular nuevo
text-changes = Cambios en el texto

## Última hora
newsfeed = Última hora
newsfeed-about = Todo lo que publicamos, en orden, lo más reciente primero.
newsfeed-all = Toda la última hora
newsfeed-mark-read = Marcar todo como leído
newsfeed-unseen = { $count ->
    [one] { $shown } novedad en la última hora
    [many] { $shown } de novedades en la última hora
   *[other] { $shown } novedades en la última hora
  }
newsfeed-held = { $count ->
    [one] Mostrar { $shown } novedad
    [many] Mostrar { $shown } de novedades
   *[other] Mostrar { $shown } novedades
  }
level-flash = Alerta
level-urgent = Urgente
level-bulletin = Boletín
level-routine = Noticia

## Búsqueda
search-label = Buscar noticias
search-results = Resultados
search-results-for = Resultados de «{ $q }»
search-count = { $count ->
    [one] { $shown } noticia sobre «{ $q }»
    [many] { $shown } de noticias sobre «{ $q }»
   *[other] { $shown } noticias sobre «{ $q }»
  }
search-none = No hay noticias sobre «{ $q }». Revise la ortografía o pruebe con menos palabras.

## Versión de solo texto
lite-picture = Imagen:

## Errores
error-401-title = Inicie sesión, por favor
error-401-text = Esta página es para quienes tienen cuenta aquí.
error-403-title = Esta página no está abierta para usted
error-403-text = Quizá deba entrar con otra cuenta o pedir acceso a la redacción.
error-404-title = No encontramos esta página
error-404-text = Puede que la dirección tenga una errata o que la página se haya movido. Busque la noticia o vea lo más reciente.
error-410-title = Este texto ha sido retirado
error-410-text = Se publicó aquí y ha sido eliminado.
error-413-title = Demasiado grande
error-413-text = Lo que ha enviado supera el tamaño que aceptamos.
error-429-title = Demasiadas peticiones
error-429-text = Hemos tenido que frenar sus peticiones.
error-500-title = Algo ha fallado por nuestra parte
error-500-text = El fallo ha quedado registrado y lo revisaremos. Inténtelo de nuevo en un momento.
error-503-title = Volvemos enseguida
error-503-text = El sitio no está disponible durante unos instantes.
error-other-title = No ha funcionado
error-other-text = No se ha podido completar la petición.
error-retry = { $count ->
    [one] Inténtelo de nuevo dentro de { $shown } segundo.
    [many] Inténtelo de nuevo dentro de { $shown } de segundos.
   *[other] Inténtelo de nuevo dentro de { $shown } segundos.
  }
error-reference = Referencia para soporte:
withdrawn-at = Retirado el
withdrawn-about = No eliminamos textos en silencio; las retiradas constan en

## Acceso, primer propietario, cuenta
field-name = Nombre
field-email = Correo electrónico
field-password = Contraseña
password-hint = Al menos { $count } caracteres. Varias palabras seguidas funcionan bien; se puede pegar.
password-show = Mostrar la contraseña
password-hide = Ocultar la contraseña
setup-title = Configure su redacción
setup-about = Es la primera persona en llegar. Esta cuenta será la propietaria del sitio; después podrá invitar a otras.
setup-submit = Crear la cuenta propietaria
sign-in-help = ¿Ha olvidado la contraseña? La persona propietaria del sitio puede enviarle un enlace nuevo.
totp-title = Introduzca su código
totp-about = Abra la aplicación de autenticación e introduzca el código de este sitio.
totp-enrol-title = Activar el acceso en dos pasos
totp-enrol-about = Escanee el código con una aplicación de autenticación o introduzca el secreto a mano; después confirme con el código que muestre.
totp-enrol-submit = Confirmar y activar
totp-qr = Código QR para la aplicación de autenticación
totp-secret = Secreto:
totp-open-app = Abrir en la aplicación
totp-code = Código
totp-code-hint = Seis cifras o uno de sus códigos de recuperación.
totp-on = El acceso en dos pasos está activado
totp-again = Volver a configurar el acceso en dos pasos
totp-off = Activar el acceso en dos pasos
field-present = Contraseña actual
field-new-password = Contraseña nueva
password-invitation-title = Le damos la bienvenida a la redacción
password-invitation-about = Elija una contraseña. Después vendrá el segundo paso del acceso.
password-reset-title = Elija una contraseña nueva
password-reset-about = Se cerrará la sesión en todos los demás dispositivos.
password-change-title = Cambiar la contraseña
password-change-about = Se cerrarán todas sus demás sesiones.
password-submit = Guardar la contraseña
password-change = Cambiar la contraseña
recovery-title = Códigos de recuperación
recovery-about = Con cada uno de estos códigos puede entrar una vez sin el teléfono. Guárdelos donde nadie más los lea; no volverán a mostrarse.
recovery-left = { $count ->
    [one] Queda { $shown } código de recuperación.
    [many] Quedan { $shown } de códigos de recuperación.
   *[other] Quedan { $shown } códigos de recuperación.
  }
recovery-renew = Crear códigos nuevos
link-title = Este enlace no funciona
link-unknown = Puede que la dirección esté mal escrita o cortada. Copie el enlace entero o pida uno nuevo.
link-used = Ya se ha usado; cada enlace sirve una vez. Si no fue usted, avise enseguida a la persona propietaria del sitio.
link-expired = Ha caducado. Pida uno nuevo a la persona propietaria del sitio; para la configuración inicial, reinicie el servidor.
link-has-owner = Esta redacción ya tiene propietario. Inicie sesión o pida una invitación.
wrong-sign-in = La dirección y la contraseña no corresponden.
wrong-too-many = { $count ->
    [one] Demasiados intentos. Inténtelo de nuevo dentro de { $shown } minuto.
    [many] Demasiados intentos. Inténtelo de nuevo dentro de { $shown } de minutos.
   *[other] Demasiados intentos. Inténtelo de nuevo dentro de { $shown } minutos.
  }
wrong-email = Escríbala como name@example.org.
wrong-email-taken = Ya hay aquí alguien con esta dirección.
wrong-name = Escriba un nombre de { $count } caracteres como máximo.
wrong-password-short = Use al menos { $count } caracteres.
wrong-password-long = Use como máximo { $count } caracteres.
wrong-password-common = Es de las primeras contraseñas que se prueban. Use varias palabras seguidas.
wrong-code = Este código no sirve. Cada código vale una vez; espere al siguiente.
wrong-present = Esta no es su contraseña actual.
sessions = Dónde tiene la sesión abierta
session-device = Dispositivo
session-started = Inicio
session-seen = Última actividad
session-current = este dispositivo
session-end = Cerrar esa sesión
tokens = Tokens de la API
tokens-none = No hay tokens. Se crean con «wireroom token add».
token-name = Nombre
token-scope = Permite
token-made = Creado
token-used = Último uso
token-end = Revocar
token-shown-once = Copie este token ahora; no volverá a mostrarse.
never = nunca
scope-read = leer
scope-reader = actuar como lector
scope-desk = trabajar en la redacción
open-desk = Abrir la redacción
role-reader = Lector
role-moderator = Moderador
role-photo = Editor gráfico
role-reporter = Reportero
role-editor = Editor
role-owner = Propietario

## What changed, said to screen readers before the words
diff-added = añadido:
diff-removed = eliminado:
diff-changed = modificado:

## Salas y chats
chats = Chats
chats-about = Cada noticia tiene su sala. Lea o participe.
chats-open = Abiertos ahora
chats-ended = Debates terminados
chats-none = Todavía no hay ningún debate.
chats-all = Todos los chats
room-discussion = Debate
room-back = Volver a la noticia
room-join = { $count ->
    [one] Entrar en el chat ({ $shown })
    [many] Entrar en el chat ({ $shown })
   *[other] Entrar en el chat ({ $shown })
  }
room-start = Iniciar el chat
room-messages = { $count ->
    [one] { $shown } mensaje
    [many] { $shown } de mensajes
   *[other] { $shown } mensajes
  }
room-read-all = Leer todo el debate
room-answers = Del debate
room-log = Mensajes de este debate
room-empty = Nadie ha escrito aquí todavía.
room-closed = Este debate está cerrado; se puede seguir leyendo.
room-read-only = En este momento solo escribe la redacción.
room-premoderated = Un moderador lee cada mensaje antes de que aparezca.
room-members = En este momento solo escriben quienes tienen cuenta desde hace un día.
room-slow = { $count ->
    [one] Modo lento: { $shown } segundo entre dos mensajes.
    [many] Modo lento: { $shown } de segundos entre dos mensajes.
   *[other] Modo lento: { $shown } segundos entre dos mensajes.
  }
room-sign-in = Para participar, inicie sesión o regístrese
room-label = Su mensaje
room-rules = Normas de la casa
room-post = Publicar
room-hint = **negrita**, *cursiva*, `código`, > cita
room-keys = Intro envía; Mayús+Intro empieza otra línea
room-held-title = Su mensaje espera a un moderador
room-held-text = Aparecerá cuando se haya leído. Si no se acepta, se le dirá por qué.
room-pinned = Fijado
room-host = Anfitrión
badge-staff = Redacción
badge-author = Firma esta noticia
badge-moderator = Moderador
room-featured = En la noticia
room-edited = editado
room-removed-author = El autor retiró este mensaje.
room-removed-moderator = Un moderador eliminó este mensaje.
room-reply-to = En respuesta a { $name }
reaction-agree = De acuerdo
reaction-thanks = Gracias
reaction-insight = Esclarecedor
reaction-funny = Divertido
reaction-surprised = Sorprendente
reaction-sad = Triste
room-new = { $count ->
    [one] { $shown } mensaje nuevo
    [many] { $shown } de mensajes nuevos
   *[other] { $shown } mensajes nuevos
  }
room-here = { $count ->
    [one] { $shown } aquí
    [many] { $shown } aquí
   *[other] { $shown } aquí
  }
room-typing = { $name } está escribiendo
room-typing-many = Varias personas están escribiendo
room-reply = Responder
room-react = Reaccionar
room-report = Denunciar
room-edit = Editar
room-remove = Eliminar
room-more = Más
room-not-sent = No enviado
room-retry = Reintentar
room-discard = Descartar
room-sending = Enviando
room-waiting = Espera a un moderador
room-refused = No aceptado
room-left = { $count ->
    [one] Queda { $shown } carácter
    [many] Quedan { $shown } de caracteres
   *[other] Quedan { $shown } caracteres
  }
room-older = Mensajes anteriores
room-cancel = Cancelar
room-save = Guardar
room-remove-sure = ¿Eliminar este mensaje?
room-report-title = Denunciar este mensaje
room-report-why = ¿Qué tiene de malo?
report-abuse = Insulto personal
report-hate = Odio
report-threat = Amenaza
report-spam = Publicidad o spam
report-off_topic = Fuera de tema
report-illegal = Contenido ilegal
report-other = Otra cosa
room-report-note = Nota para los moderadores
room-report-send = Enviar la denuncia
room-reported = Gracias. Un moderador lo revisará.
room-unread = Nuevo desde su última visita
room-own-page = Abrir en su propia página
room-ignore = Ignorar a esta persona
room-ignored = De alguien a quien usted ignora.
room-unseen = { $count ->
    [one] { $shown } mensaje sin leer en los chats
    [many] { $shown } de mensajes sin leer en los chats
   *[other] { $shown } mensajes sin leer en los chats
  }

## Cuentas de lectores y correo
register = Registrarse
register-title = Crear una cuenta
register-about = Con una cuenta puede participar en los debates. Para leer no hace falta.
register-submit = Enviarme el enlace
field-your-name = Su nombre
field-your-name-hint = Lo verá todo el mundo junto a lo que escriba.
field-email-hint = Le enviaremos un enlace para confirmarlo. Nadie más lo verá.
field-trap = Deje este campo vacío
field-new-email = Nueva dirección de correo
have-account = ¿Ya tiene una cuenta?
no-account = ¿Aún no tiene cuenta?
mail-me = Enviarme un enlace
mail-me-about = Sin contraseña: escriba arriba su dirección y le enviaremos un enlace para entrar.
forgotten-title = ¿Ha olvidado la contraseña?
forgotten-about = Indique su dirección y le enviaremos un enlace para elegir otra.
forgotten-submit = Enviarme el enlace
sent-title = Revise su correo
sent-about = Hay un mensaje de camino a esa dirección. Su enlace funciona una vez, durante una hora, en este navegador.
sent-nothing = ¿No ha llegado nada en unos minutos? Mire en el correo no deseado o vuelva a pedirlo.
confirm-register-title = Confirme su dirección
confirm-register-about = Ahora se creará su cuenta y entrará en ella.
confirm-register-submit = Confirmar la dirección
confirm-sign_in-title = Iniciar sesión
confirm-sign_in-about = Iniciará sesión en este dispositivo.
confirm-sign_in-submit = Iniciar sesión
confirm-address-title = Confirme la nueva dirección
confirm-address-about = A partir de ahora su cuenta tendrá esta dirección. Avisaremos a la anterior.
confirm-address-submit = Confirmar la dirección
confirm-deletion-title = Eliminar su cuenta
confirm-deletion-about = Se borrará todo lo que guardamos sobre usted. No se puede recuperar.
confirm-deletion-submit = Eliminar la cuenta
errand-unknown = Puede que la dirección esté mal escrita o cortada. Copie el enlace entero o pida otro.
errand-used = Ya se ha usado; cada enlace funciona una vez. Pida otro.
errand-expired = Ha caducado. Pida otro.
errand-elsewhere = Solo funciona en el navegador en el que lo pidió. Ábralo allí o pida otro aquí.
me-title = Su cuenta
me-staff = Verificación en dos pasos y tokens
me-name-submit = Cambiar el nombre
me-address-title = Dirección de correo
me-address-about = Le enviaremos un enlace; hasta que lo abra, todo sigue igual.
me-address-submit = Cambiar la dirección
me-password-is = Puede entrar con contraseña o con un enlace por correo.
me-password-none = Entra con enlaces por correo. Con una contraseña no tendrá que esperar.
me-end-others = Cerrar todas las demás sesiones
me-data = Sus datos
me-data-about = Puede llevárselo todo y puede hacer que se borre todo.
me-export = Descargar todo
me-done-name = El nombre se ha cambiado.
me-done-address = La dirección se ha cambiado.
me-done-password = La contraseña está fijada. Las demás sesiones se han cerrado.
me-done-session = La sesión se ha cerrado.
me-done-passkey = Las llaves de acceso se han cambiado.
ignored-title = Personas que ignora
ignored-about = No ve lo que escriben. Ellas no lo saben.
ignored-none = No hay nadie en la lista.
ignored-end = Dejar de ignorar
deletion-title = Eliminar la cuenta
deletion-about = Se borrarán su nombre, su dirección, sus mensajes y todo lo demás que guardamos sobre usted. No se puede deshacer.
deletion-submit = Eliminar la cuenta definitivamente
deletion-link-about = También puede confirmarlo con un enlace que le enviamos por correo.
deletion-link = Enviarme el enlace
deletion-staff = Es una cuenta de la redacción. Pida a una persona propietaria que la cierre.
farewell-title = Su cuenta se ha eliminado
farewell-about = Se ha borrado todo lo que guardábamos sobre usted. Gracias por haber estado aquí.
password-first-title = Elija una contraseña
password-first-about = Se cerrarán sus demás sesiones.
wrong-too-soon = Ha sido muy rápido. Revise lo escrito y envíelo otra vez.
wrong-email-disposable = Use una dirección que siga teniendo el año que viene.
wrong-name-taken = Alguien de la redacción tiene ese nombre. Elija otro.
passkeys = Llaves de acceso
passkeys-about = Una llave de acceso le permite entrar con su huella, su rostro o el PIN del dispositivo en lugar de una contraseña.
passkey-name = Dispositivo
passkey-add = Añadir una llave de acceso
passkey-end = Quitar
passkey-sign-in = Entrar con llave de acceso
passkey-failed = No ha funcionado. Inténtelo otra vez o use otra vía.
outbox-title = Correo saliente
outbox-about = El último correo a los lectores. El texto se guarda solo hasta el envío; sin servidor de correo se muestra aquí.
outbox-none = Aún no se ha enviado nada.
outbox-waiting = en espera
outbox-sent = enviado
outbox-shown = no enviado: no hay servidor de correo
outbox-failed = abandonado
outbox-open = Abrir el enlace
mail-register-subject = Confirme su dirección en { $site }
mail-register-text = Alguien ha pedido una cuenta con esta dirección. Si ha sido usted, confírmela.
mail-known-subject = Ya tiene una cuenta en { $site }
mail-known-text = Alguien quiso registrarse con esta dirección, pero ya tiene una cuenta. Si ha sido usted, entre con este enlace.
mail-sign-in-subject = Su enlace para entrar en { $site }
mail-sign-in-text = Ha pedido un enlace para entrar.
mail-password-subject = Una contraseña nueva para { $site }
mail-password-text = Ha pedido una contraseña nueva. Elíjala con este enlace.
mail-address-subject = Confirme su nueva dirección en { $site }
mail-address-text = Quiere que su cuenta tenga esta dirección. Confírmela.
mail-address-taken-subject = Esta dirección ya tiene una cuenta en { $site }
mail-address-taken-text = Alguien quiso pasar su cuenta a esta dirección, pero ya tiene una. No se ha cambiado nada.
mail-address-told-subject = Su cuenta en { $site } tiene otra dirección
mail-address-told-text = Su cuenta ha pasado de esta dirección a otra. Si no ha sido usted, escriba enseguida a la redacción.
mail-deletion-subject = ¿Eliminar su cuenta en { $site }?
mail-deletion-text = Ha pedido eliminar su cuenta. Con este enlace se borra todo lo que guardamos sobre usted.
mail-unknown-subject = No hay cuenta en { $site } con esta dirección
mail-unknown-text = Alguien quiso entrar con esta dirección, pero no tiene cuenta. Si ha sido usted, quizá se registró con otra; o regístrese ahora.
mail-staff-subject = Entrar en { $site }
mail-staff-text = Usted trabaja en la redacción: entre con su contraseña y el segundo paso. Si la ha perdido, pida un enlace nuevo a una persona propietaria.
mail-closed-subject = Esta cuenta en { $site } está cerrada
mail-closed-text = La cuenta con esta dirección se cerró. Escriba a la redacción si quiere recuperarla.
mail-passkey-subject = Una nueva llave de acceso en { $site }
mail-passkey-text = Se ha añadido una llave de acceso a su cuenta. Si no ha sido usted, quítela en la página de su cuenta y cambie la contraseña.
mail-once = El enlace funciona una vez, durante una hora, en el navegador en el que lo pidió.
mail-not-you = Si no ha sido usted, no haga nada: sin el enlace no ocurre nada.
mail-foot = { $site } envía este mensaje porque alguien escribió esta dirección en el sitio. No responda a él.

# Moderation log
modlog = Moderación de los chats
modlog-about = Todas las decisiones de los moderadores en los últimos meses, primero las más recientes. Se dice qué se hizo y por qué; no se nombra a nadie ni se cita ningún mensaje.
modlog-none = Todavía no se ha decidido nada.
modlog-undone = anulada
modlog-rule = detectado por una regla
modlog-did-reject = Mensaje no publicado
modlog-did-remove = Mensaje retirado
modlog-did-hold = Mensaje retenido para revisión
modlog-did-warn = Advertencia
modlog-did-time_out = Suspensión temporal
modlog-did-mute = Sin permiso para escribir
modlog-did-ban = Expulsión
modlog-ground-abuse = Insultos personales
modlog-ground-hate = Odio
modlog-ground-threat = Amenaza
modlog-ground-spam = Spam
modlog-ground-off_topic = Fuera de tema
modlog-ground-personal_data = Datos personales
modlog-ground-illegal = Contrario a la ley
modlog-ground-other = Normas de la casa
