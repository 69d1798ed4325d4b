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
room-unseen = { $count ->
    [one] { $shown } mensaje sin leer en los chats
    [many] { $shown } de mensajes sin leer en los chats
   *[other] { $shown } mensajes sin leer en los chats
  }
