### Interface texts of the theme, English. Numbers arrive twice: `count` chooses the plural form, `shown` is how it is written.

## Dates. Built from these, so that the server and every language agree.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
date-long = { $day } { $month } { $year }, { $time } { $zone }
date-short = { $day } { $month_short }, { $time }
date-date = { $day } { $month } { $year }
date-day = { $weekday } { $day } { $month } { $year }
number-group = ,

## The page around the content
skip-to-content = Skip to content
menu = Menu
sections = Sections
all-sections = All sections and services
editions = Editions
front-page = Front page
search = Search
sign-in = Sign in
sign-out = Sign out
about-us = About us
beside = Newsfeed
appearance = Appearance
appearance-system = As the device
appearance-light = Light
appearance-dark = Dark
shortcuts-on = Keyboard shortcut: “/” opens search
feed-rss = RSS feed
lite-version = Text-only version
full-version = Full version
dismiss = Dismiss
close = Close
loading = Loading…
loading-failed = That did not load. Try again.
connection-lost = Live updates are interrupted; reconnecting.
connection-back = Live updates are back.

## Fronts and lists
live = Live
live-now = Live now
top-stories = Top stories
latest-stories = Latest stories
most-read = Most read
nothing-published = Nothing has been published here yet.
topic = Topic
topics = Topics
authors = Authors
pages = Pages
pages-newer = Newer
pages-older = Older
pages-at = Page { $page } of { $pages }
pages-number = Page { $page }
list-comma = {", "}
list-and = {" and "}
byline-by = By
breaking = Breaking:

## Kinds of story
kind-news = News
kind-live = Live
kind-feature = Feature
kind-analysis = Analysis
kind-opinion = Opinion
kind-offbeat = Offbeat
kind-gallery = In pictures
kind-video = Video

## Story
published = Published
updated = Updated
first-published = First published
also-in = Read this in
translation-stale = (being updated)
translation-outdated = The original of this translation has changed since:
copy-link = Copy link
link-copied = Link copied
share = Share
story-age-months = { $count ->
    [one] This story is more than { $count } month old.
   *[other] This story is more than { $count } months old.
  }
story-age-years = { $count ->
    [one] This story is more than { $count } year old.
   *[other] This story is more than { $count } years old.
  }
what-changed = What changed
story-corrections = Corrections and updates to this story
sources-count = { $count ->
    [one] { $count } source for this story
   *[other] { $count } sources for this story
  }
source-confidential = Name withheld by the newsroom
source-kind-official = official
source-kind-document = document
source-kind-witness = eyewitness
source-kind-agency = news agency
source-kind-expert = expert
source-kind-data = data
source-kind-anonymous = spoke on condition of anonymity
storyline = The story so far:
explore-topics = More on these topics
related = Related stories
next-story = Next story
next-read-here = Continue reading here
gallery-at = { $at } of { $of }

## Live coverage
live-closed = This live coverage has ended.
live-entries = Live updates
key-event = Key event
key-events = Key events
pinned = Pinned
live-held = { $count ->
    [one] { $shown } new update
   *[other] { $shown } new updates
  }
updates-pause = Pause updates
updates-resume = Resume updates

## Versions and corrections
corrections = Corrections
corrections-about = Every correction, clarification, retraction and substantial update, newest first. Nothing is changed silently.
corrections-none = No corrections so far.
correction-kind-update = Update
correction-kind-clarification = Clarification
correction-kind-correction = Correction
correction-kind-retraction = Retraction
corrected-update = Updated
corrected-clarification = Clarified
corrected-correction = Corrected
corrected-retraction = Retracted
versions-about = What readers saw, and how it changed since the story was first published.
headline-before = Headline before
headline-after = Headline after
text-changes = Changes to the text

## Newsfeed
newsfeed = Newsfeed
newsfeed-about = Everything we publish, in order, newest first.
newsfeed-all = The whole newsfeed
newsfeed-mark-read = Mark all read
newsfeed-unseen = { $count ->
    [one] { $shown } new item in the newsfeed
   *[other] { $shown } new items in the newsfeed
  }
newsfeed-held = { $count ->
    [one] Show { $shown } new item
   *[other] Show { $shown } new items
  }
level-flash = Flash
level-urgent = Urgent
level-bulletin = Bulletin
level-routine = Routine

## Search
search-label = Search stories
search-results = Results
search-results-for = Results for “{ $q }”
search-count = { $count ->
    [one] { $shown } story for “{ $q }”
   *[other] { $shown } stories for “{ $q }”
  }
search-none = No stories for “{ $q }”. Check the spelling, or try fewer words.

## Text-only version
lite-picture = Picture:

## Errors
error-401-title = Please sign in
error-401-text = This page is for people with an account here.
error-403-title = This page is not open to you
error-403-text = You may need to sign in with another account, or ask an editor for access.
error-404-title = We cannot find this page
error-404-text = The address may be mistyped, or the page may have moved. Search for the story, or see what is new.
error-410-title = This story has been withdrawn
error-410-text = It was published here and has been removed.
error-413-title = That was too large
error-413-text = What you sent is larger than we accept.
error-429-title = Too many requests
error-429-text = We had to slow you down.
error-500-title = Something went wrong on our side
error-500-text = The fault has been logged and we will look at it. Please try again in a moment.
error-503-title = Back in a moment
error-503-text = The site is briefly unavailable.
error-other-title = That did not work
error-other-text = The request could not be completed.
error-retry = { $count ->
    [one] Try again in { $shown } second.
   *[other] Try again in { $shown } seconds.
  }
error-reference = Reference for our support:
withdrawn-at = Withdrawn
withdrawn-about = We do not remove stories silently; withdrawals are listed under

## Signing in, first owner, account
field-name = Name
field-email = E-mail
field-password = Password
password-hint = At least { $count } characters. A few words in a row are good; pasting is fine.
password-show = Show password
password-hide = Hide password
setup-title = Set up your newsroom
setup-about = You are the first here. This account will own the site; you can invite others afterwards.
setup-submit = Create the owner account
sign-in-help = Forgotten your password? An owner can send you a new link.
totp-title = Enter your code
totp-about = Open your authenticator app and enter the code for this site.
totp-enrol-title = Turn on two-step sign-in
totp-enrol-about = Scan the code with an authenticator app, or enter the secret by hand, then confirm with the code that the app shows.
totp-enrol-submit = Confirm and turn on
totp-qr = QR code for your authenticator app
totp-secret = Secret:
totp-open-app = Open in the authenticator app
totp-code = Code
totp-code-hint = Six digits, or one of your recovery codes.
totp-on = Two-step sign-in is on
totp-again = Set up two-step sign-in again
totp-off = Turn on two-step sign-in
field-present = Present password
field-new-password = New password
password-invitation-title = Welcome to the newsroom
password-invitation-about = Choose a password. The second step of signing in comes next.
password-reset-title = Choose a new password
password-reset-about = You will be signed out everywhere else.
password-change-title = Change your password
password-change-about = All your other sessions end.
password-submit = Set the password
password-change = Change the password
recovery-title = Recovery codes
recovery-about = Each of these codes lets you sign in once without your phone. Keep them where others cannot read them; they are not shown again.
recovery-left = { $count ->
    [one] { $shown } recovery code is left.
   *[other] { $shown } recovery codes are left.
  }
recovery-renew = Make new codes
link-title = This link does not work
link-unknown = The address may be mistyped or cut off. Copy the whole link, or ask for a new one.
link-used = It was used already; each link works once. If it was not you, tell an owner of the site at once.
link-expired = It has expired. Ask an owner of the site for a new one; for the set-up, start the server again.
link-has-owner = This newsroom has an owner already. Sign in, or ask the owner for an invitation.
wrong-sign-in = Address and password do not fit together.
wrong-too-many = { $count ->
    [one] Too many attempts. Try again in { $shown } minute.
   *[other] Too many attempts. Try again in { $shown } minutes.
  }
wrong-email = Write it as name@example.org.
wrong-email-taken = Somebody here has this address already.
wrong-name = Write a name of at most { $count } characters.
wrong-password-short = Use at least { $count } characters.
wrong-password-long = Use at most { $count } characters.
wrong-password-common = This is among the first passwords that are tried. Use a few words in a row.
wrong-code = This code does not fit. Each code works once; wait for the next one.
wrong-present = This is not your present password.
sessions = Where you are signed in
session-device = Device
session-started = Signed in
session-seen = Last seen
session-current = this device
session-end = Sign out there
tokens = API tokens
tokens-none = There are no tokens. They are made with “wireroom token add”.
token-name = Name
token-scope = Allows
token-made = Made
token-used = Last used
token-end = End
token-shown-once = Copy this token now; it is not shown again.
never = never
scope-read = reading
scope-reader = acting as a reader
scope-desk = working at the desk
open-desk = Open the desk
role-reader = Reader
role-moderator = Moderator
role-photo = Photo editor
role-reporter = Reporter
role-editor = Editor
role-owner = Owner

## What changed, said to screen readers before the words
diff-added = added:
diff-removed = removed:
diff-changed = changed:

## Rooms and chats
chats = Chats
chats-about = Every story has its room. Read along, or join in.
chats-open = Open now
chats-ended = Ended discussions
chats-none = There is no discussion yet.
chats-all = All chats
room-discussion = Discussion
room-back = Back to the story
room-join = { $count ->
    [one] Join the chat ({ $shown })
   *[other] Join the chat ({ $shown })
  }
room-start = Start the chat
room-messages = { $count ->
    [one] { $shown } message
   *[other] { $shown } messages
  }
room-read-all = Read the whole discussion
room-answers = From the discussion
room-log = Messages in this discussion
room-empty = Nobody has written here yet.
room-closed = This discussion is closed; it can still be read.
room-read-only = Only the newsroom writes here just now.
room-premoderated = A moderator reads each message before it appears.
room-members = Only readers whose account is a day old can write here just now.
room-slow = { $count ->
    [one] Slow mode: { $shown } second between two messages.
   *[other] Slow mode: { $shown } seconds between two messages.
  }
room-sign-in = To take part, log in or register
room-label = Your message
room-rules = House rules
room-post = Post
room-hint = **bold**, *italic*, `code`, > quote
room-keys = Enter sends, Shift+Enter begins a new line
room-held-title = Your message waits for a moderator
room-held-text = It appears once it has been read. If it is not taken, you are told why.
room-pinned = Pinned
room-host = Host
badge-staff = Newsroom
badge-author = Wrote this story
badge-moderator = Moderator
room-featured = In the story
room-edited = edited
room-removed-author = The author took this message back.
room-removed-moderator = A moderator removed this message.
room-reply-to = In reply to { $name }
reaction-agree = Agree
reaction-thanks = Thanks
reaction-insight = Insightful
reaction-funny = Funny
reaction-surprised = Surprised
reaction-sad = Sad
room-new = { $count ->
    [one] { $shown } new message
   *[other] { $shown } new messages
  }
room-here = { $count ->
    [one] { $shown } here
   *[other] { $shown } here
  }
room-typing = { $name } is typing
room-typing-many = Several people are typing
room-reply = Reply
room-react = React
room-report = Report
room-edit = Edit
room-remove = Remove
room-more = More
room-not-sent = Not sent
room-retry = Retry
room-discard = Discard
room-sending = Sending
room-waiting = Waits for a moderator
room-refused = Not taken
room-left = { $count ->
    [one] { $shown } character left
   *[other] { $shown } characters left
  }
room-older = Older messages
room-cancel = Cancel
room-save = Save
room-remove-sure = Remove this message?
room-report-title = Report this message
room-report-why = What is wrong with it?
report-abuse = Personal abuse
report-hate = Hatred
report-threat = Threat
report-spam = Advertising or spam
report-off_topic = Off topic
report-illegal = Illegal content
report-other = Something else
room-report-note = Note for the moderators
room-report-send = Send the report
room-reported = Thank you. A moderator will look at it.
room-unread = New since your last visit
room-own-page = Open on its own page
room-ignore = Ignore this person
room-ignored = From somebody you ignore.
room-unseen = { $count ->
    [one] { $shown } unseen message in chats
   *[other] { $shown } unseen messages in chats
  }

## Reader accounts and mail
register = Register
register-title = Register
register-about = With an account you can take part in the discussions. Reading needs none.
register-submit = Send me the link
field-your-name = Your name
field-your-name-hint = Everybody sees it beside what you write.
field-email-hint = We send a link there to confirm it. Nobody else sees it.
field-trap = Leave this field empty
field-new-email = New e-mail address
have-account = You have an account?
no-account = No account yet?
mail-me = Mail me a link
mail-me-about = Without a password: enter your address above, and we mail you a link that signs you in.
forgotten-title = Forgotten your password?
forgotten-about = Tell us your address, and we mail you a link with which you choose a new one.
forgotten-submit = Send me the link
sent-title = Look at your mail
sent-about = A letter is on its way to this address. Its link works once, for one hour, in this browser.
sent-nothing = Nothing there after a few minutes? Look among the unwanted mail, or ask again.
confirm-register-title = Confirm your address
confirm-register-about = Your account is made now, and you are signed in.
confirm-register-submit = Confirm the address
confirm-sign_in-title = Sign in
confirm-sign_in-about = You are signed in on this device.
confirm-sign_in-submit = Sign in
confirm-address-title = Confirm the new address
confirm-address-about = From now on your account has this address. The old one is told.
confirm-address-submit = Confirm the address
confirm-deletion-title = Delete your account
confirm-deletion-about = Everything that we keep of you is erased. It cannot be brought back.
confirm-deletion-submit = Delete the account
errand-unknown = The address may be mistyped or cut off. Copy the whole link, or ask for a new one.
errand-used = It was used already; each link works once. Ask for a new one.
errand-expired = It has expired. Ask for a new one.
errand-elsewhere = It works only in the browser in which you asked for it. Open it there, or ask for a new one here.
me-title = Your account
me-staff = Two-step sign-in and tokens
me-name-submit = Change the name
me-address-title = E-mail address
me-address-about = We send a link there; until you open it everything stays as it is.
me-address-submit = Change the address
me-password-is = You can sign in with a password or by a mailed link.
me-password-none = You sign in by mailed links. With a password you need not wait for mail.
me-end-others = Sign out everywhere else
me-data = Your data
me-data-about = You can take everything with you, and you can have everything erased.
me-export = Download everything
me-done-name = Your name is changed.
me-done-address = Your address is changed.
me-done-password = Your password is set. All other sessions have ended.
me-done-session = The session has ended.
me-done-passkey = Your passkeys are changed.
ignored-title = People you ignore
ignored-about = You do not see what they write. They do not learn of it.
ignored-none = There is nobody on the list.
ignored-end = Stop ignoring
deletion-title = Delete the account
deletion-about = Your name, your address, your messages and everything else that we keep of you are erased. This cannot be undone.
deletion-submit = Delete the account for good
deletion-link-about = You can also confirm it by a link that we mail to your address.
deletion-link = Mail me the link
deletion-staff = This is an account of the newsroom. Ask an owner to end it.
farewell-title = Your account is deleted
farewell-about = Everything that we kept of you has been erased. Thank you for having been here.
password-first-title = Choose a password
password-first-about = All your other sessions end.
wrong-too-soon = That was very quick. Please check what you wrote and send it once more.
wrong-email-disposable = Use an address that you will still have next year.
wrong-name-taken = Somebody of the newsroom has this name. Choose another.
passkeys = Passkeys
passkeys-about = A passkey lets you sign in with your fingerprint, face or device PIN instead of a password.
passkey-name = Device
passkey-add = Add a passkey
passkey-end = Remove
passkey-sign-in = Sign in with a passkey
passkey-failed = That did not work. Try again, or use another way.
outbox-title = Outbox
outbox-about = The latest mail to readers. Words are kept only until they are sent; without a mail server they are shown here.
outbox-none = Nothing was sent yet.
outbox-waiting = waiting
outbox-sent = sent
outbox-shown = not sent: no mail server is set
outbox-failed = given up
outbox-open = Open the link
mail-register-subject = Confirm your address for { $site }
mail-register-text = Somebody asked for an account with this address. If it was you, confirm it.
mail-known-subject = You have an account at { $site }
mail-known-text = Somebody wanted to register with this address, but it has an account already. If it was you, sign in with this link.
mail-sign-in-subject = Your sign-in link for { $site }
mail-sign-in-text = You asked for a link to sign in.
mail-password-subject = A new password for { $site }
mail-password-text = You asked for a new password. Choose it with this link.
mail-address-subject = Confirm your new address for { $site }
mail-address-text = You want your account to have this address. Confirm it.
mail-address-taken-subject = This address has an account at { $site }
mail-address-taken-text = Somebody wanted to move their account to this address, but it has one already. Nothing was changed.
mail-address-told-subject = Your account at { $site } has another address
mail-address-told-text = Your account was moved from this address to another one. If that was not you, write to the newsroom at once.
mail-deletion-subject = Delete your account at { $site }?
mail-deletion-text = You asked to delete your account. With this link everything that we keep of you is erased.
mail-unknown-subject = No account at { $site } with this address
mail-unknown-text = Somebody wanted to sign in with this address, but it has no account. If it was you, perhaps you registered with another address; or register now.
mail-staff-subject = Signing in at { $site }
mail-staff-text = You work in the newsroom: sign in with your password and your second step. For a lost password, ask an owner for a new link.
mail-closed-subject = This account at { $site } is closed
mail-closed-text = The account with this address was closed. Write to the newsroom if you want it back.
mail-passkey-subject = A new passkey for { $site }
mail-passkey-text = A passkey was added to your account. If it was not you, remove it on the page of your account and change your password.
mail-once = The link works once, for one hour, in the browser in which you asked for it.
mail-not-you = If it was not you, do nothing: without the link nothing happens.
mail-foot = { $site } sent this because somebody entered this address on the site. Please do not answer it.

# Moderation log
modlog = Moderation of the chats
modlog-about = Every decision of the moderators in the last months, the newest first. It says what was done and why; nobody is named and no message is quoted.
modlog-none = Nothing was decided yet.
modlog-undone = undone
modlog-rule = found by a rule
modlog-did-reject = Message not shown
modlog-did-remove = Message taken out
modlog-did-hold = Message held for a look
modlog-did-warn = Warning
modlog-did-time_out = Timeout
modlog-did-mute = Writing stopped
modlog-did-ban = Ban
modlog-ground-abuse = Personal abuse
modlog-ground-hate = Hate
modlog-ground-threat = Threat
modlog-ground-spam = Spam
modlog-ground-off_topic = Off topic
modlog-ground-personal_data = Personal details
modlog-ground-illegal = Against the law
modlog-ground-other = House rules
