### Textes de l’interface, français. Le nombre arrive deux fois : `count` choisit la forme, `shown` est sa graphie.

## Dates
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
weekday-1 = Lundi
weekday-2 = Mardi
weekday-3 = Mercredi
weekday-4 = Jeudi
weekday-5 = Vendredi
weekday-6 = Samedi
weekday-7 = Dimanche
date-long = { $day } { $month } { $year } à { $time } { $zone }
date-short = { $day } { $month_short }, { $time }
date-date = { $day } { $month } { $year }
date-day = { $weekday } { $day } { $month } { $year }
number-group = {" "}

## La page autour du contenu
skip-to-content = Aller au contenu
menu = Menu
sections = Rubriques
all-sections = Toutes les rubriques et tous les services
editions = Éditions
front-page = La Une
search = Rechercher
sign-in = Se connecter
sign-out = Se déconnecter
about-us = Qui sommes-nous
beside = Fil d’actualité
appearance = Apparence
appearance-system = Comme l’appareil
appearance-light = Claire
appearance-dark = Sombre
shortcuts-on = Raccourci clavier : « / » ouvre la recherche
feed-rss = Flux RSS
lite-version = Version texte
full-version = Version complète
dismiss = Masquer
close = Fermer
loading = Chargement…
loading-failed = Le chargement a échoué. Réessayez.
connection-lost = Les mises à jour en direct sont interrompues ; reconnexion en cours.
connection-back = Les mises à jour en direct ont repris.

## Unes et listes
live = Direct
live-now = En direct
top-stories = À la Une
latest-stories = Derniers articles
most-read = Les plus lus
nothing-published = Rien n’a encore été publié ici.
topic = Sujet
topics = Sujets
authors = Auteurs
pages = Pages
pages-newer = Plus récents
pages-older = Plus anciens
pages-at = Page { $page } sur { $pages }
pages-number = Page { $page }
list-comma = {", "}
list-and = {" et "}
byline-by = Par
breaking = Dernière minute :

## Genres
kind-news = Actualité
kind-live = Direct
kind-feature = Reportage
kind-analysis = Analyse
kind-opinion = Opinion
kind-offbeat = Insolite
kind-gallery = En images
kind-video = Vidéo

## L’article
published = Publié le
updated = Mis à jour
first-published = Première publication
also-in = Lire aussi en
translation-stale = (mise à jour en cours)
translation-outdated = L’original de cette traduction a changé depuis :
copy-link = Copier le lien
link-copied = Lien copié
share = Partager
story-age-months = { $count ->
    [one] Cet article a plus de { $count } mois.
    [many] Cet article a plus de { $count } de mois.
   *[other] Cet article a plus de { $count } mois.
  }
story-age-years = { $count ->
    [one] Cet article a plus de { $count } an.
    [many] Cet article a plus de { $count } d’années.
   *[other] Cet article a plus de { $count } ans.
  }
what-changed = Ce qui a changé
story-corrections = Corrections et mises à jour de cet article
sources-count = { $count ->
    [one] { $count } source pour cet article
    [many] { $count } de sources pour cet article
   *[other] { $count } sources pour cet article
  }
source-confidential = Nom tenu secret par la rédaction
source-kind-official = source officielle
source-kind-document = document
source-kind-witness = témoin direct
source-kind-agency = agence de presse
source-kind-expert = spécialiste
source-kind-data = données
source-kind-anonymous = s’est exprimé sous couvert d’anonymat
storyline = Les faits jusqu’ici :
explore-topics = En savoir plus sur ces sujets
related = Sur le même sujet
next-story = Article suivant
next-read-here = Poursuivre la lecture ici
gallery-at = { $at } sur { $of }

## Le direct
live-closed = Ce direct est terminé.
live-entries = Les dernières publications du direct
key-event = Temps fort
key-events = Les temps forts
pinned = Épinglé
live-held = { $count ->
    [one] { $shown } nouvelle publication
    [many] { $shown } de nouvelles publications
   *[other] { $shown } nouvelles publications
  }
updates-pause = Suspendre les mises à jour
updates-resume = Reprendre les mises à jour

## Versions et corrections
corrections = Corrections
corrections-about = Toutes les corrections, précisions, rétractations et mises à jour importantes, des plus récentes aux plus anciennes. Rien n’est modifié en silence.
corrections-none = Aucune correction pour le moment.
correction-kind-update = Mise à jour
correction-kind-clarification = Précision
correction-kind-correction = Correction
correction-kind-retraction = Rétractation
corrected-update = Mis à jour
corrected-clarification = Précisé
corrected-correction = Corrigé
corrected-retraction = Rétracté
versions-about = Ce que les lecteurs ont vu, et ce qui a changé depuis la première publication.
headline-before = Ancien titre
headline-after = Nouveau titre
text-changes = Modifications du texte

## Fil d’actualité
newsfeed = Le fil
newsfeed-about = Tout ce que nous publions, dans l’ordre, du plus récent au plus ancien.
newsfeed-all = Tout le fil d’actualité
newsfeed-mark-read = Tout marquer comme lu
newsfeed-unseen = { $count ->
    [one] { $shown } nouveauté dans le fil
    [many] { $shown } de nouveautés dans le fil
   *[other] { $shown } nouveautés dans le fil
  }
newsfeed-held = { $count ->
    [one] Afficher { $shown } nouveauté
    [many] Afficher { $shown } de nouveautés
   *[other] Afficher { $shown } nouveautés
  }
level-flash = Flash
level-urgent = Urgent
level-bulletin = Bulletin
level-routine = Actualité

## Recherche
search-label = Rechercher un article
search-results = Résultats
search-results-for = Résultats pour « { $q } »
search-count = { $count ->
    [one] { $shown } article pour « { $q } »
    [many] { $shown } d’articles pour « { $q } »
   *[other] { $shown } articles pour « { $q } »
  }
search-none = Aucun article pour « { $q } ». Vérifiez l’orthographe ou essayez avec moins de mots.

## Version texte
lite-picture = Image :

## Erreurs
error-401-title = Connectez-vous, s’il vous plaît
error-401-text = Cette page est réservée aux personnes qui ont un compte ici.
error-403-title = Cette page ne vous est pas ouverte
error-403-text = Il faut peut-être vous connecter avec un autre compte ou demander l’accès à la rédaction.
error-404-title = Page introuvable
error-404-text = L’adresse est peut-être mal saisie, ou la page a été déplacée. Cherchez l’article ou voyez les dernières nouvelles.
error-410-title = Cet article a été retiré
error-410-text = Il a été publié ici, puis supprimé.
error-413-title = Envoi trop volumineux
error-413-text = Ce que vous avez envoyé dépasse la taille acceptée.
error-429-title = Trop de requêtes
error-429-text = Nous avons dû ralentir vos requêtes.
error-500-title = Une erreur s’est produite de notre côté
error-500-text = L’incident est enregistré et nous allons l’examiner. Réessayez dans un instant.
error-503-title = De retour dans un instant
error-503-text = Le site est brièvement indisponible.
error-other-title = Cela n’a pas fonctionné
error-other-text = La requête n’a pas pu aboutir.
error-retry = { $count ->
    [one] Réessayez dans { $shown } seconde.
    [many] Réessayez dans { $shown } de secondes.
   *[other] Réessayez dans { $shown } secondes.
  }
error-reference = Référence pour l’assistance :
withdrawn-at = Retiré le
withdrawn-about = Nous ne retirons rien en silence ; les retraits figurent sous

## Connexion, premier propriétaire, compte
field-name = Nom
field-email = Adresse électronique
field-password = Mot de passe
password-hint = Au moins { $count } caractères. Plusieurs mots à la suite conviennent ; coller est permis.
password-show = Afficher le mot de passe
password-hide = Masquer le mot de passe
setup-title = Installez votre rédaction
setup-about = Vous êtes la première personne ici. Ce compte sera propriétaire du site ; vous pourrez ensuite inviter les autres.
setup-submit = Créer le compte propriétaire
sign-in-help = Mot de passe oublié ? Le propriétaire du site peut vous envoyer un nouveau lien.
totp-title = Saisissez votre code
totp-about = Ouvrez l’application d’authentification et saisissez le code de ce site.
totp-enrol-title = Activer la connexion en deux étapes
totp-enrol-about = Scannez le code avec une application d’authentification ou saisissez le secret à la main, puis confirmez avec le code affiché.
totp-enrol-submit = Confirmer et activer
totp-qr = Code QR pour l’application d’authentification
totp-secret = Secret :
totp-open-app = Ouvrir dans l’application
totp-code = Code
totp-code-hint = Six chiffres, ou l’un de vos codes de secours.
totp-on = La connexion en deux étapes est activée
totp-again = Configurer à nouveau la connexion en deux étapes
totp-off = Activer la connexion en deux étapes
field-present = Mot de passe actuel
field-new-password = Nouveau mot de passe
password-invitation-title = Bienvenue à la rédaction
password-invitation-about = Choisissez un mot de passe. La deuxième étape de la connexion vient ensuite.
password-reset-title = Choisissez un nouveau mot de passe
password-reset-about = Vous serez déconnecté partout ailleurs.
password-change-title = Changer le mot de passe
password-change-about = Toutes vos autres sessions seront fermées.
password-submit = Enregistrer le mot de passe
password-change = Changer le mot de passe
recovery-title = Codes de secours
recovery-about = Chacun de ces codes permet de se connecter une fois sans téléphone. Gardez-les hors de la vue des autres ; ils ne seront plus affichés.
recovery-left = { $count ->
    [one] Il reste { $shown } code de secours.
    [many] Il reste { $shown } de codes de secours.
   *[other] Il reste { $shown } codes de secours.
  }
recovery-renew = Créer de nouveaux codes
link-title = Ce lien ne fonctionne pas
link-unknown = L’adresse est peut-être mal saisie ou coupée. Copiez le lien entier ou demandez-en un nouveau.
link-used = Il a déjà servi ; chaque lien fonctionne une fois. Si ce n’était pas vous, prévenez aussitôt le propriétaire du site.
link-expired = Il a expiré. Demandez-en un nouveau au propriétaire du site ; pour l’installation, redémarrez le serveur.
link-has-owner = Cette rédaction a déjà un propriétaire. Connectez-vous ou demandez-lui une invitation.
wrong-sign-in = L’adresse et le mot de passe ne correspondent pas.
wrong-too-many = { $count ->
    [one] Trop de tentatives. Réessayez dans { $shown } minute.
    [many] Trop de tentatives. Réessayez dans { $shown } de minutes.
   *[other] Trop de tentatives. Réessayez dans { $shown } minutes.
  }
wrong-email = Écrivez-la comme name@example.org.
wrong-email-taken = Quelqu’un ici a déjà cette adresse.
wrong-name = Écrivez un nom de { $count } caractères au plus.
wrong-password-short = Utilisez au moins { $count } caractères.
wrong-password-long = Utilisez au plus { $count } caractères.
wrong-password-common = Ce mot de passe est parmi les premiers essayés. Prenez plusieurs mots à la suite.
wrong-code = Ce code ne convient pas. Chaque code sert une fois ; attendez le suivant.
wrong-present = Ce n’est pas votre mot de passe actuel.
sessions = Vos sessions ouvertes
session-device = Appareil
session-started = Connexion
session-seen = Dernière activité
session-current = cet appareil
session-end = Fermer la session
tokens = Jetons d’API
tokens-none = Aucun jeton. On les crée avec « wireroom token add ».
token-name = Nom
token-scope = Permet
token-made = Créé
token-used = Dernier usage
token-end = Révoquer
token-shown-once = Copiez ce jeton maintenant ; il ne sera plus affiché.
never = jamais
scope-read = lire
scope-reader = agir comme lecteur
scope-desk = travailler à la rédaction
open-desk = Ouvrir la rédaction
role-reader = Lecteur
role-moderator = Modérateur
role-photo = Iconographe
role-reporter = Reporter
role-editor = Éditeur
role-owner = Propriétaire

## What changed, said to screen readers before the words
diff-added = ajouté :
diff-removed = supprimé :
diff-changed = modifié :

## Salons et discussions
chats = Discussions
chats-about = Chaque article a son salon. Lisez, ou prenez la parole.
chats-open = Ouvertes en ce moment
chats-ended = Discussions terminées
chats-none = Il n’y a pas encore de discussion.
chats-all = Toutes les discussions
room-discussion = Discussion
room-back = Retour à l’article
room-join = { $count ->
    [one] Rejoindre la discussion ({ $shown })
    [many] Rejoindre la discussion ({ $shown })
   *[other] Rejoindre la discussion ({ $shown })
  }
room-start = Lancer la discussion
room-messages = { $count ->
    [one] { $shown } message
    [many] { $shown } de messages
   *[other] { $shown } messages
  }
room-read-all = Lire toute la discussion
room-answers = Dans la discussion
room-log = Messages de cette discussion
room-empty = Personne n’a encore écrit ici.
room-closed = Cette discussion est close ; elle reste lisible.
room-read-only = Seule la rédaction écrit ici en ce moment.
room-premoderated = Un modérateur lit chaque message avant sa parution.
room-members = Seuls les comptes de plus d’un jour peuvent écrire ici en ce moment.
room-slow = { $count ->
    [one] Mode lent : { $shown } seconde entre deux messages.
    [many] Mode lent : { $shown } de secondes entre deux messages.
   *[other] Mode lent : { $shown } secondes entre deux messages.
  }
room-sign-in = Pour participer, connectez-vous ou inscrivez-vous
room-label = Votre message
room-rules = Règles de la maison
room-post = Publier
room-hint = **gras**, *italique*, `code`, > citation
room-keys = Entrée envoie, Maj+Entrée va à la ligne
room-held-title = Votre message attend un modérateur
room-held-text = Il paraîtra une fois lu. S’il n’est pas retenu, on vous dira pourquoi.
room-pinned = Épinglé
room-host = Animation
badge-staff = Rédaction
badge-author = Signe cet article
badge-moderator = Modération
room-featured = Dans l’article
room-edited = modifié
room-removed-author = L’auteur a retiré ce message.
room-removed-moderator = Un modérateur a supprimé ce message.
room-reply-to = En réponse à { $name }
reaction-agree = D’accord
reaction-thanks = Merci
reaction-insight = Éclairant
reaction-funny = Drôle
reaction-surprised = Surprenant
reaction-sad = Triste
room-new = { $count ->
    [one] { $shown } nouveau message
    [many] { $shown } de nouveaux messages
   *[other] { $shown } nouveaux messages
  }
room-here = { $count ->
    [one] { $shown } présent
    [many] { $shown } de présents
   *[other] { $shown } présents
  }
room-typing = { $name } écrit
room-typing-many = Plusieurs personnes écrivent
room-reply = Répondre
room-react = Réagir
room-report = Signaler
room-edit = Modifier
room-remove = Supprimer
room-more = Plus
room-not-sent = Non envoyé
room-retry = Réessayer
room-discard = Abandonner
room-sending = Envoi en cours
room-waiting = Attend un modérateur
room-refused = Non retenu
room-left = { $count ->
    [one] Il reste { $shown } caractère
    [many] Il reste { $shown } de caractères
   *[other] Il reste { $shown } caractères
  }
room-older = Messages plus anciens
room-cancel = Annuler
room-save = Enregistrer
room-remove-sure = Supprimer ce message ?
room-report-title = Signaler ce message
room-report-why = Qu’est-ce qui ne va pas ?
report-abuse = Attaque personnelle
report-hate = Haine
report-threat = Menace
report-spam = Publicité ou spam
report-off_topic = Hors sujet
report-illegal = Contenu illégal
report-other = Autre chose
room-report-note = Note pour les modérateurs
room-report-send = Envoyer le signalement
room-reported = Merci. Un modérateur va regarder.
room-unread = Nouveau depuis votre dernière visite
room-own-page = Ouvrir sur sa propre page
room-ignore = Ignorer cette personne
room-ignored = D’une personne que vous ignorez.
room-unseen = { $count ->
    [one] { $shown } message non lu dans les discussions
    [many] { $shown } de messages non lus dans les discussions
   *[other] { $shown } messages non lus dans les discussions
  }

## Comptes des lecteurs et courrier
register = S’inscrire
register-title = Créer un compte
register-about = Un compte permet de participer aux discussions. Pour lire, il n’en faut pas.
register-submit = M’envoyer le lien
field-your-name = Votre nom
field-your-name-hint = Tout le monde le voit à côté de ce que vous écrivez.
field-email-hint = Nous y enverrons un lien de confirmation. Personne d’autre ne la verra.
field-trap = Laissez ce champ vide
field-new-email = Nouvelle adresse électronique
have-account = Vous avez déjà un compte ?
no-account = Pas encore de compte ?
mail-me = Recevoir un lien
mail-me-about = Sans mot de passe : indiquez votre adresse ci-dessus et nous vous enverrons un lien de connexion.
forgotten-title = Mot de passe oublié ?
forgotten-about = Indiquez votre adresse et nous vous enverrons un lien pour en choisir un nouveau.
forgotten-submit = M’envoyer le lien
sent-title = Consultez votre messagerie
sent-about = Un message part vers cette adresse. Son lien fonctionne une seule fois, pendant une heure, dans ce navigateur.
sent-nothing = Rien après quelques minutes ? Regardez parmi les indésirables ou recommencez.
confirm-register-title = Confirmez votre adresse
confirm-register-about = Votre compte va être créé et vous serez connecté.
confirm-register-submit = Confirmer l’adresse
confirm-sign_in-title = Se connecter
confirm-sign_in-about = Vous serez connecté sur cet appareil.
confirm-sign_in-submit = Se connecter
confirm-address-title = Confirmez la nouvelle adresse
confirm-address-about = Votre compte aura désormais cette adresse. L’ancienne en sera informée.
confirm-address-submit = Confirmer l’adresse
confirm-deletion-title = Supprimer votre compte
confirm-deletion-about = Tout ce que nous conservons sur vous sera effacé, sans retour possible.
confirm-deletion-submit = Supprimer le compte
errand-unknown = L’adresse est peut-être mal saisie ou coupée. Copiez le lien en entier ou demandez-en un autre.
errand-used = Il a déjà servi ; chaque lien ne fonctionne qu’une fois. Demandez-en un autre.
errand-expired = Il a expiré. Demandez-en un autre.
errand-elsewhere = Il ne fonctionne que dans le navigateur d’où vous l’avez demandé. Ouvrez-le là, ou demandez-en un autre ici.
me-title = Votre compte
me-staff = Connexion en deux étapes et jetons
me-name-submit = Changer le nom
me-address-title = Adresse électronique
me-address-about = Nous y enverrons un lien ; rien ne change tant que vous ne l’ouvrez pas.
me-address-submit = Changer l’adresse
me-password-is = Vous pouvez vous connecter par mot de passe ou par lien envoyé.
me-password-none = Vous vous connectez par liens envoyés. Un mot de passe évite d’attendre.
me-end-others = Se déconnecter partout ailleurs
me-data = Vos données
me-data-about = Vous pouvez tout emporter et tout faire effacer.
me-export = Tout télécharger
me-done-name = Votre nom a été changé.
me-done-address = Votre adresse a été changée.
me-done-password = Votre mot de passe est enregistré. Les autres sessions sont fermées.
me-done-session = La session est fermée.
me-done-passkey = Vos clés d’accès ont été modifiées.
ignored-title = Personnes ignorées
ignored-about = Vous ne voyez pas ce qu’elles écrivent. Elles n’en savent rien.
ignored-none = La liste est vide.
ignored-end = Ne plus ignorer
deletion-title = Supprimer le compte
deletion-about = Votre nom, votre adresse, vos messages et tout ce que nous conservons sur vous seront effacés, sans retour possible.
deletion-submit = Supprimer définitivement
deletion-link-about = Vous pouvez aussi confirmer par un lien envoyé à votre adresse.
deletion-link = Recevoir le lien
deletion-staff = C’est un compte de la rédaction. Demandez à un propriétaire de le fermer.
farewell-title = Votre compte est supprimé
farewell-about = Tout ce que nous conservions sur vous a été effacé. Merci d’avoir été parmi nous.
password-first-title = Choisissez un mot de passe
password-first-about = Toutes vos autres sessions seront fermées.
wrong-too-soon = C’était très rapide. Vérifiez votre saisie et envoyez-la de nouveau.
wrong-email-disposable = Utilisez une adresse que vous aurez encore l’an prochain.
wrong-name-taken = Quelqu’un de la rédaction porte ce nom. Choisissez-en un autre.
passkeys = Clés d’accès
passkeys-about = Une clé d’accès vous connecte par empreinte, visage ou code de l’appareil au lieu d’un mot de passe.
passkey-name = Appareil
passkey-add = Ajouter une clé d’accès
passkey-end = Retirer
passkey-sign-in = Se connecter avec une clé d’accès
passkey-failed = Cela n’a pas fonctionné. Réessayez ou utilisez un autre moyen.
outbox-title = Courrier sortant
outbox-about = Les derniers messages aux lecteurs. Leur texte n’est gardé que jusqu’à l’envoi ; sans serveur de courrier, il s’affiche ici.
outbox-none = Rien n’a encore été envoyé.
outbox-waiting = en attente
outbox-sent = envoyé
outbox-shown = non envoyé : aucun serveur de courrier
outbox-failed = abandonné
outbox-open = Ouvrir le lien
mail-register-subject = Confirmez votre adresse pour { $site }
mail-register-text = Quelqu’un a demandé un compte avec cette adresse. Si c’est vous, confirmez-la.
mail-known-subject = Vous avez déjà un compte sur { $site }
mail-known-text = Quelqu’un a voulu s’inscrire avec cette adresse, qui a déjà un compte. Si c’est vous, connectez-vous par ce lien.
mail-sign-in-subject = Votre lien de connexion à { $site }
mail-sign-in-text = Vous avez demandé un lien de connexion.
mail-password-subject = Un nouveau mot de passe pour { $site }
mail-password-text = Vous avez demandé un nouveau mot de passe. Choisissez-le par ce lien.
mail-address-subject = Confirmez votre nouvelle adresse pour { $site }
mail-address-text = Vous souhaitez que votre compte ait cette adresse. Confirmez-la.
mail-address-taken-subject = Cette adresse a déjà un compte sur { $site }
mail-address-taken-text = Quelqu’un a voulu rattacher son compte à cette adresse, qui en a déjà un. Rien n’a été modifié.
mail-address-told-subject = Votre compte sur { $site } a changé d’adresse
mail-address-told-text = Votre compte est passé de cette adresse à une autre. Si ce n’est pas vous, écrivez aussitôt à la rédaction.
mail-deletion-subject = Supprimer votre compte sur { $site } ?
mail-deletion-text = Vous avez demandé la suppression de votre compte. Ce lien efface tout ce que nous conservons sur vous.
mail-unknown-subject = Aucun compte sur { $site } à cette adresse
mail-unknown-text = Quelqu’un a voulu se connecter avec cette adresse, qui n’a pas de compte. Si c’est vous, peut-être êtes-vous inscrit avec une autre ; ou inscrivez-vous maintenant.
mail-staff-subject = Connexion à { $site }
mail-staff-text = Vous travaillez à la rédaction : connectez-vous avec votre mot de passe et la seconde étape. S’il est perdu, demandez un nouveau lien à un propriétaire.
mail-closed-subject = Ce compte sur { $site } est fermé
mail-closed-text = Le compte lié à cette adresse a été fermé. Écrivez à la rédaction pour le rétablir.
mail-passkey-subject = Une nouvelle clé d’accès pour { $site }
mail-passkey-text = Une clé d’accès a été ajoutée à votre compte. Si ce n’est pas vous, retirez-la sur la page de votre compte et changez de mot de passe.
mail-once = Le lien fonctionne une seule fois, pendant une heure, dans le navigateur d’où vous l’avez demandé.
mail-not-you = Si ce n’est pas vous, ne faites rien : sans le lien, rien ne se passe.
mail-foot = { $site } envoie ce message parce que cette adresse a été saisie sur le site. Merci de ne pas y répondre.

# Moderation log
modlog = Modération des discussions
modlog-about = Toutes les décisions des modérateurs de ces derniers mois, les plus récentes d’abord. On y lit ce qui a été fait et pourquoi ; personne n’est nommé et aucun message n’est cité.
modlog-none = Aucune décision pour l’instant.
modlog-undone = annulée
modlog-rule = repéré par une règle
modlog-did-reject = Message non publié
modlog-did-remove = Message retiré
modlog-did-hold = Message retenu pour examen
modlog-did-warn = Avertissement
modlog-did-time_out = Suspension temporaire
modlog-did-mute = Interdiction d’écrire
modlog-did-ban = Exclusion
modlog-ground-abuse = Attaque personnelle
modlog-ground-hate = Haine
modlog-ground-threat = Menace
modlog-ground-spam = Spam
modlog-ground-off_topic = Hors sujet
modlog-ground-personal_data = Données personnelles
modlog-ground-illegal = Contraire à la loi
modlog-ground-other = Règles de la maison
