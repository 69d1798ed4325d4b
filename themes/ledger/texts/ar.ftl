### نصوص واجهة القالب، العربية. يصل العدد مرتين: `count` لاختيار صيغة الجمع و`shown` كما يُكتب.

## التواريخ
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
month-short-1 = يناير
month-short-2 = فبراير
month-short-3 = مارس
month-short-4 = أبريل
month-short-5 = مايو
month-short-6 = يونيو
month-short-7 = يوليو
month-short-8 = أغسطس
month-short-9 = سبتمبر
month-short-10 = أكتوبر
month-short-11 = نوفمبر
month-short-12 = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
date-long = { $day } { $month } { $year }، { $time } { $zone }
date-short = { $day } { $month_short }، { $time }
date-date = { $day } { $month } { $year }
date-day = { $weekday } { $day } { $month } { $year }
number-group = ,

## الصفحة حول المحتوى
skip-to-content = انتقل إلى المحتوى
menu = القائمة
sections = الأقسام
all-sections = كل الأقسام والخدمات
editions = الطبعات
front-page = الصفحة الأولى
search = بحث
sign-in = تسجيل الدخول
sign-out = تسجيل الخروج
about-us = من نحن
beside = شريط الأخبار
appearance = المظهر
appearance-system = كما في الجهاز
appearance-light = فاتح
appearance-dark = داكن
shortcuts-on = اختصار لوحة المفاتيح: «/» يفتح البحث
feed-rss = خلاصة RSS
lite-version = النسخة النصية
full-version = النسخة الكاملة
dismiss = إخفاء
close = إغلاق
loading = جارٍ التحميل…
loading-failed = تعذّر التحميل. حاول مرة أخرى.
connection-lost = انقطعت التحديثات المباشرة، ونعيد الاتصال.
connection-back = عادت التحديثات المباشرة.

## الصفحات الأولى والقوائم
live = مباشر
live-now = مباشر الآن
top-stories = أبرز الأخبار
latest-stories = آخر الأخبار
most-read = الأكثر قراءة
nothing-published = لم يُنشر شيء هنا بعد.
topic = موضوع
topics = الموضوعات
authors = الكتّاب
pages = الصفحات
pages-newer = الأحدث
pages-older = الأقدم
pages-at = الصفحة { $page } من { $pages }
pages-number = الصفحة { $page }
list-comma = {"، "}
list-and = {" و"}
byline-by = بقلم
breaking = عاجل:

## أنواع المواد
kind-news = خبر
kind-live = مباشر
kind-feature = قصة صحفية
kind-analysis = تحليل
kind-opinion = رأي
kind-offbeat = طرائف
kind-gallery = بالصور
kind-video = فيديو

## المادة
published = نُشر
updated = حُدّث
first-published = النشر الأول
also-in = اقرأ بلغة أخرى
translation-stale = (قيد التحديث)
translation-outdated = تغيّر النص الأصلي لهذه الترجمة منذ إعدادها:
copy-link = نسخ الرابط
link-copied = نُسخ الرابط
share = مشاركة
story-age-months = { $count ->
    [zero] مضى على هذه المادة أقل من شهر.
    [one] مضى على هذه المادة أكثر من شهر.
    [two] مضى على هذه المادة أكثر من شهرين.
    [few] مضى على هذه المادة أكثر من { $count } أشهر.
    [many] مضى على هذه المادة أكثر من { $count } شهرًا.
   *[other] مضى على هذه المادة أكثر من { $count } شهر.
  }
story-age-years = { $count ->
    [zero] مضى على هذه المادة أقل من سنة.
    [one] مضى على هذه المادة أكثر من سنة.
    [two] مضى على هذه المادة أكثر من سنتين.
    [few] مضى على هذه المادة أكثر من { $count } سنوات.
    [many] مضى على هذه المادة أكثر من { $count } سنة.
   *[other] مضى على هذه المادة أكثر من { $count } سنة.
  }
what-changed = ما الذي تغيّر
story-corrections = تصحيحات هذه المادة وتحديثاتها
sources-count = { $count ->
    [zero] لا مصادر لهذه المادة
    [one] مصدر واحد لهذه المادة
    [two] مصدران لهذه المادة
    [few] { $count } مصادر لهذه المادة
    [many] { $count } مصدرًا لهذه المادة
   *[other] { $count } مصدر لهذه المادة
  }
source-confidential = اسم تحجبه هيئة التحرير
source-kind-official = مسؤول رسمي
source-kind-document = وثيقة
source-kind-witness = شاهد عيان
source-kind-agency = وكالة أنباء
source-kind-expert = خبير
source-kind-data = بيانات
source-kind-anonymous = تحدّث شرط عدم كشف هويته
storyline = تسلسل الأحداث:
explore-topics = المزيد في هذه الموضوعات
related = مواد ذات صلة
next-story = المادة التالية
next-read-here = تابع القراءة هنا
gallery-at = { $at } من { $of }

## التغطية المباشرة
live-closed = انتهت هذه التغطية المباشرة.
live-entries = التحديثات المباشرة
key-event = حدث رئيسي
key-events = الأحداث الرئيسية
pinned = مثبّت
live-held = { $count ->
    [zero] لا تحديثات جديدة
    [one] تحديث جديد واحد
    [two] تحديثان جديدان
    [few] { $shown } تحديثات جديدة
    [many] { $shown } تحديثًا جديدًا
   *[other] { $shown } تحديث جديد
  }
updates-pause = إيقاف التحديث مؤقتًا
updates-resume = استئناف التحديث

## الإصدارات والتصحيحات
corrections = التصحيحات
corrections-about = كل تصحيح وتوضيح وسحب وتحديث جوهري، الأحدث أولًا. لا نغيّر شيئًا في صمت.
corrections-none = لا تصحيحات حتى الآن.
correction-kind-update = تحديث
correction-kind-clarification = توضيح
correction-kind-correction = تصحيح
correction-kind-retraction = سحب
corrected-update = محدّث
corrected-clarification = موضَّح
corrected-correction = مصحَّح
corrected-retraction = مسحوب
versions-about = ما رآه القرّاء، وكيف تغيّر منذ النشر الأول.
headline-before = العنوان السابق
headline-after = العنوان الجديد
text-changes = التغييرات في النص

## شريط الأخبار
newsfeed = شريط الأخبار
newsfeed-about = كل ما ننشره بترتيبه، الأحدث أولًا.
newsfeed-all = شريط الأخبار كاملًا
newsfeed-mark-read = تحديد الكل كمقروء
newsfeed-unseen = { $count ->
    [zero] لا جديد في شريط الأخبار
    [one] خبر جديد واحد في الشريط
    [two] خبران جديدان في الشريط
    [few] { $shown } أخبار جديدة في الشريط
    [many] { $shown } خبرًا جديدًا في الشريط
   *[other] { $shown } خبر جديد في الشريط
  }
newsfeed-held = { $count ->
    [zero] لا أخبار جديدة
    [one] عرض خبر جديد واحد
    [two] عرض خبرين جديدين
    [few] عرض { $shown } أخبار جديدة
    [many] عرض { $shown } خبرًا جديدًا
   *[other] عرض { $shown } خبر جديد
  }
level-flash = خبر عاجل
level-urgent = عاجل
level-bulletin = نشرة
level-routine = خبر

## البحث
search-label = ابحث في المواد
search-results = النتائج
search-results-for = نتائج «{ $q }»
search-count = { $count ->
    [zero] لا نتائج عن «{ $q }»
    [one] مادة واحدة عن «{ $q }»
    [two] مادتان عن «{ $q }»
    [few] { $shown } مواد عن «{ $q }»
    [many] { $shown } مادةً عن «{ $q }»
   *[other] { $shown } مادة عن «{ $q }»
  }
search-none = لا نتائج عن «{ $q }». راجع الإملاء أو جرّب كلمات أقل.

## النسخة النصية
lite-picture = صورة:

## الأخطاء
error-401-title = سجّل الدخول من فضلك
error-401-text = هذه الصفحة لمن لديهم حساب هنا.
error-403-title = هذه الصفحة غير متاحة لك
error-403-text = قد تحتاج إلى الدخول بحساب آخر أو طلب الإذن من أحد المحررين.
error-404-title = لم نعثر على هذه الصفحة
error-404-text = قد يكون في العنوان خطأ أو نُقلت الصفحة. ابحث عن المادة أو اطّلع على الجديد.
error-410-title = سُحبت هذه المادة
error-410-text = نُشرت هنا ثم أُزيلت.
error-413-title = الحجم كبير جدًا
error-413-text = ما أرسلته أكبر مما نقبله.
error-429-title = طلبات كثيرة جدًا
error-429-text = اضطررنا إلى إبطاء طلباتك.
error-500-title = حدث خلل لدينا
error-500-text = سُجّل الخلل وسننظر فيه. حاول مرة أخرى بعد قليل.
error-503-title = نعود بعد لحظات
error-503-text = الموقع غير متاح لفترة وجيزة.
error-other-title = لم ينجح ذلك
error-other-text = تعذّر إكمال الطلب.
error-retry = { $count ->
    [zero] حاول مرة أخرى الآن.
    [one] حاول مرة أخرى بعد ثانية.
    [two] حاول مرة أخرى بعد ثانيتين.
    [few] حاول مرة أخرى بعد { $shown } ثوانٍ.
    [many] حاول مرة أخرى بعد { $shown } ثانية.
   *[other] حاول مرة أخرى بعد { $shown } ثانية.
  }
error-reference = المرجع لفريق الدعم:
withdrawn-at = سُحبت في
withdrawn-about = لا نزيل المواد في صمت؛ تجد المواد المسحوبة في صفحة

## الدخول والمالك الأول والحساب
field-name = الاسم
field-email = البريد الإلكتروني
field-password = كلمة المرور
password-hint = { $count ->
    [zero] يمكن ترك كلمة المرور بأي طول؛ اللصق مسموح.
    [one] حرف واحد على الأقل؛ اللصق مسموح.
    [two] حرفان على الأقل؛ اللصق مسموح.
    [few] { $count } أحرف على الأقل. بضع كلمات متتالية تكفي، واللصق مسموح.
    [many] { $count } حرفًا على الأقل. بضع كلمات متتالية تكفي، واللصق مسموح.
   *[other] { $count } حرف على الأقل. بضع كلمات متتالية تكفي، واللصق مسموح.
  }
password-show = إظهار كلمة المرور
password-hide = إخفاء كلمة المرور
setup-title = إعداد غرفة الأخبار
setup-about = أنت أول من يدخل. سيملك هذا الحساب الموقع، ويمكنك دعوة الآخرين لاحقًا.
setup-submit = إنشاء حساب المالك
sign-in-help = نسيت كلمة المرور؟ يستطيع مالك الموقع إرسال رابط جديد.
totp-title = أدخل الرمز
totp-about = افتح تطبيق المصادقة وأدخل رمز هذا الموقع.
totp-enrol-title = تفعيل الدخول بخطوتين
totp-enrol-about = امسح الرمز بتطبيق المصادقة أو أدخل السر يدويًا، ثم أكّد بالرمز الذي يعرضه التطبيق.
totp-enrol-submit = تأكيد وتفعيل
totp-qr = رمز QR لتطبيق المصادقة
totp-secret = السر:
totp-open-app = فتح في تطبيق المصادقة
totp-code = الرمز
totp-code-hint = ستة أرقام، أو أحد رموز الاسترداد.
totp-on = الدخول بخطوتين مفعّل
totp-again = إعداد الدخول بخطوتين من جديد
totp-off = تفعيل الدخول بخطوتين
field-present = كلمة المرور الحالية
field-new-password = كلمة المرور الجديدة
password-invitation-title = مرحبًا بك في غرفة الأخبار
password-invitation-about = اختر كلمة مرور، ثم تأتي الخطوة الثانية للدخول.
password-reset-title = اختر كلمة مرور جديدة
password-reset-about = ستنتهي جلساتك في كل الأجهزة الأخرى.
password-change-title = تغيير كلمة المرور
password-change-about = ستنتهي كل جلساتك الأخرى.
password-submit = حفظ كلمة المرور
password-change = تغيير كلمة المرور
recovery-title = رموز الاسترداد
recovery-about = كل رمز منها يتيح الدخول مرة واحدة دون هاتفك. احفظها حيث لا يقرؤها غيرك؛ فلن تُعرض مرة أخرى.
recovery-left = { $count ->
    [zero] لم يبق أي رمز استرداد.
    [one] بقي رمز استرداد واحد.
    [two] بقي رمزا استرداد.
    [few] بقيت { $shown } رموز استرداد.
    [many] بقي { $shown } رمز استرداد.
   *[other] بقي { $shown } رمز استرداد.
  }
recovery-renew = إنشاء رموز جديدة
link-title = هذا الرابط لا يعمل
link-unknown = ربما كُتب العنوان خطأً أو قُطع. انسخ الرابط كاملًا أو اطلب رابطًا جديدًا.
link-used = استُعمل هذا الرابط من قبل، وكل رابط يعمل مرة واحدة. إن لم تكن أنت، فأبلغ مالك الموقع فورًا.
link-expired = انتهت صلاحية الرابط. اطلب رابطًا جديدًا من مالك الموقع؛ وللإعداد الأول أعد تشغيل الخادم.
link-has-owner = لغرفة الأخبار هذه مالك بالفعل. سجّل الدخول أو اطلب منه دعوة.
wrong-sign-in = العنوان وكلمة المرور لا يتوافقان.
wrong-too-many = { $count ->
    [zero] محاولات كثيرة. حاول مرة أخرى الآن.
    [one] محاولات كثيرة. حاول مرة أخرى بعد دقيقة.
    [two] محاولات كثيرة. حاول مرة أخرى بعد دقيقتين.
    [few] محاولات كثيرة. حاول مرة أخرى بعد { $shown } دقائق.
    [many] محاولات كثيرة. حاول مرة أخرى بعد { $shown } دقيقة.
   *[other] محاولات كثيرة. حاول مرة أخرى بعد { $shown } دقيقة.
  }
wrong-email = اكتبه على صورة name@example.org.
wrong-email-taken = هذا العنوان مستعمل هنا من قبل.
wrong-name = اكتب اسمًا، وأقصى طوله { $count }.
wrong-password-short = كلمة المرور قصيرة؛ أقل طول هو { $count }.
wrong-password-long = كلمة المرور طويلة؛ أقصى طول هو { $count }.
wrong-password-common = هذه من أول كلمات المرور التي تُجرَّب. استعمل بضع كلمات متتالية.
wrong-code = هذا الرمز غير صحيح. كل رمز يعمل مرة واحدة؛ انتظر الرمز التالي.
wrong-present = هذه ليست كلمة المرور الحالية.
sessions = الأجهزة المسجّل دخولها
session-device = الجهاز
session-started = تسجيل الدخول
session-seen = آخر ظهور
session-current = هذا الجهاز
session-end = إنهاء الجلسة
tokens = رموز واجهة البرمجة
tokens-none = لا رموز بعد. تُنشأ بالأمر «wireroom token add».
token-name = الاسم
token-scope = يتيح
token-made = أُنشئ
token-used = آخر استخدام
token-end = إلغاء
token-shown-once = انسخ هذا الرمز الآن؛ لن يُعرض مرة أخرى.
never = أبدًا
scope-read = القراءة
scope-reader = ما يفعله القارئ
scope-desk = العمل في التحرير
open-desk = فتح مكتب التحرير
role-reader = قارئ
role-moderator = مشرف
role-photo = محرر صور
role-reporter = مراسل
role-editor = محرر
role-owner = مالك

## What changed, said to screen readers before the words
diff-added = أُضيف:
diff-removed = حُذف:
diff-changed = عُدّل:

## الغرف والمحادثات
chats = المحادثات
chats-about = لكل خبر غرفة نقاش. تابع القراءة أو شارك.
chats-open = مفتوحة الآن
chats-ended = نقاشات انتهت
chats-none = لا توجد نقاشات بعد.
chats-all = كل المحادثات
room-discussion = النقاش
room-back = العودة إلى الخبر
room-join = { $count ->
    [zero] انضم إلى المحادثة
    [one] انضم إلى المحادثة ({ $shown })
    [two] انضم إلى المحادثة ({ $shown })
    [few] انضم إلى المحادثة ({ $shown })
    [many] انضم إلى المحادثة ({ $shown })
   *[other] انضم إلى المحادثة ({ $shown })
  }
room-start = ابدأ النقاش
room-messages = { $count ->
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $shown } رسائل
    [many] { $shown } رسالة
   *[other] { $shown } رسالة
  }
room-read-all = اقرأ النقاش كاملًا
room-answers = من النقاش
room-log = رسائل هذا النقاش
room-empty = لم يكتب أحد هنا بعد.
room-closed = أُغلق هذا النقاش، ويمكن قراءته.
room-read-only = الكتابة هنا لهيئة التحرير فقط حاليًا.
room-premoderated = يقرأ مشرف كل رسالة قبل ظهورها.
room-members = الكتابة هنا حاليًا لمن مضى على حسابه يوم على الأقل.
room-slow = { $count ->
    [zero] الوضع البطيء
    [one] الوضع البطيء: ثانية واحدة بين الرسالتين.
    [two] الوضع البطيء: ثانيتان بين الرسالتين.
    [few] الوضع البطيء: { $shown } ثوانٍ بين الرسالتين.
    [many] الوضع البطيء: { $shown } ثانية بين الرسالتين.
   *[other] الوضع البطيء: { $shown } ثانية بين الرسالتين.
  }
room-sign-in = للمشاركة، سجّل الدخول أو أنشئ حسابًا
room-label = رسالتك
room-rules = قواعد النقاش
room-post = أرسل
room-hint = **عريض**، *مائل*، `رمز`، > اقتباس
room-keys = مفتاح Enter يرسل، وShift+Enter يبدأ سطرًا جديدًا
room-held-title = رسالتك بانتظار مشرف
room-held-text = ستظهر بعد قراءتها. وإن لم تُقبل فسيُذكر لك السبب.
room-pinned = مثبّتة
room-host = المضيف
badge-staff = هيئة التحرير
badge-author = كاتب الخبر
badge-moderator = مشرف
room-featured = في الخبر
room-edited = عُدّلت
room-removed-author = سحب الكاتب هذه الرسالة.
room-removed-moderator = حذف مشرف هذه الرسالة.
room-reply-to = ردًا على { $name }
reaction-agree = أوافق
reaction-thanks = شكرًا
reaction-insight = مفيد
reaction-funny = طريف
reaction-surprised = مفاجئ
reaction-sad = محزن
room-new = { $count ->
    [zero] لا رسائل جديدة
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $shown } رسائل جديدة
    [many] { $shown } رسالة جديدة
   *[other] { $shown } رسالة جديدة
  }
room-here = { $count ->
    [zero] لا أحد هنا
    [one] شخص واحد هنا
    [two] شخصان هنا
    [few] { $shown } أشخاص هنا
    [many] { $shown } شخصًا هنا
   *[other] { $shown } شخص هنا
  }
room-typing = { $name } يكتب الآن
room-typing-many = عدة أشخاص يكتبون الآن
room-reply = رد
room-react = تفاعل
room-report = إبلاغ
room-edit = تعديل
room-remove = حذف
room-more = المزيد
room-not-sent = لم تُرسل
room-retry = أعد المحاولة
room-discard = تجاهل
room-sending = جارٍ الإرسال
room-waiting = بانتظار مشرف
room-refused = لم تُقبل
room-left = { $count ->
    [zero] لم يبق أي حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $shown } أحرف
    [many] بقي { $shown } حرفًا
   *[other] بقي { $shown } حرف
  }
room-older = رسائل أقدم
room-cancel = إلغاء
room-save = حفظ
room-remove-sure = أتريد حذف هذه الرسالة؟
room-report-title = الإبلاغ عن هذه الرسالة
room-report-why = ما المشكلة فيها؟
report-abuse = إساءة شخصية
report-hate = كراهية
report-threat = تهديد
report-spam = إعلان أو رسالة مزعجة
report-off_topic = خارج الموضوع
report-illegal = محتوى مخالف للقانون
report-other = سبب آخر
room-report-note = ملاحظة للمشرفين
room-report-send = أرسل البلاغ
room-reported = شكرًا. سينظر فيها مشرف.
room-unread = الجديد منذ زيارتك الأخيرة
room-own-page = افتح في صفحة مستقلة
room-ignore = تجاهل هذا الشخص
room-ignored = من شخص تتجاهله.
room-unseen = { $count ->
    [zero] لا رسائل غير مقروءة في المحادثات
    [one] رسالة غير مقروءة في المحادثات
    [two] رسالتان غير مقروءتين في المحادثات
    [few] { $shown } رسائل غير مقروءة في المحادثات
    [many] { $shown } رسالة غير مقروءة في المحادثات
   *[other] { $shown } رسالة غير مقروءة في المحادثات
  }

## حسابات القراء والبريد
register = التسجيل
register-title = إنشاء حساب
register-about = بالحساب يمكنك المشاركة في النقاشات. أما القراءة فلا تحتاج إلى حساب.
register-submit = أرسلوا لي الرابط
field-your-name = اسمك
field-your-name-hint = يراه الجميع بجانب ما تكتبه.
field-email-hint = سنرسل إليه رابط تأكيد، ولن يراه أحد غيرنا.
field-trap = اترك هذا الحقل فارغًا
field-new-email = البريد الإلكتروني الجديد
have-account = لديك حساب؟
no-account = ليس لديك حساب بعد؟
mail-me = أرسلوا رابطًا بالبريد
mail-me-about = من دون كلمة مرور: اكتب بريدك أعلاه ونرسل إليك رابطًا للدخول.
forgotten-title = نسيت كلمة المرور؟
forgotten-about = اكتب بريدك ونرسل إليك رابطًا لاختيار كلمة مرور جديدة.
forgotten-submit = أرسلوا لي الرابط
sent-title = تفقّد بريدك
sent-about = رسالة في طريقها إلى هذا العنوان. يعمل الرابط فيها مرة واحدة، لمدة ساعة، في هذا المتصفح.
sent-nothing = لم يصل شيء بعد دقائق؟ ابحث في البريد غير المرغوب فيه أو اطلب من جديد.
confirm-register-title = أكّد بريدك
confirm-register-about = سيُنشأ حسابك الآن ويتم دخولك.
confirm-register-submit = تأكيد البريد
confirm-sign_in-title = تسجيل الدخول
confirm-sign_in-about = سيتم دخولك على هذا الجهاز.
confirm-sign_in-submit = تسجيل الدخول
confirm-address-title = أكّد البريد الجديد
confirm-address-about = من الآن يصبح هذا عنوان حسابك، وسنُعلم العنوان القديم.
confirm-address-submit = تأكيد البريد
confirm-deletion-title = حذف حسابك
confirm-deletion-about = سيُمحى كل ما نحفظه عنك، ولا يمكن استرجاعه.
confirm-deletion-submit = حذف الحساب
errand-unknown = ربما كُتب العنوان خطأً أو قُطع. انسخ الرابط كاملًا أو اطلب رابطًا جديدًا.
errand-used = استُخدم من قبل؛ كل رابط يعمل مرة واحدة. اطلب رابطًا جديدًا.
errand-expired = انتهت صلاحيته. اطلب رابطًا جديدًا.
errand-elsewhere = لا يعمل إلا في المتصفح الذي طلبته منه. افتحه هناك أو اطلب رابطًا جديدًا هنا.
me-title = حسابك
me-staff = الدخول بخطوتين والرموز
me-name-submit = تغيير الاسم
me-address-title = البريد الإلكتروني
me-address-about = سنرسل إليه رابطًا؛ ويبقى كل شيء على حاله إلى أن تفتحه.
me-address-submit = تغيير البريد
me-password-is = يمكنك الدخول بكلمة مرور أو برابط يصلك بالبريد.
me-password-none = تدخل بروابط تصلك بالبريد. بكلمة مرور لن تحتاج إلى انتظار البريد.
me-end-others = تسجيل الخروج من كل الأجهزة الأخرى
me-data = بياناتك
me-data-about = يمكنك أن تأخذ كل شيء معك، ويمكنك أن تطلب محو كل شيء.
me-export = تنزيل كل شيء
me-done-name = تم تغيير اسمك.
me-done-address = تم تغيير بريدك.
me-done-password = تم ضبط كلمة المرور، وانتهت كل الجلسات الأخرى.
me-done-session = انتهت الجلسة.
me-done-passkey = تم تغيير مفاتيح المرور.
ignored-title = من تتجاهلهم
ignored-about = لا ترى ما يكتبونه، ولا يعلمون بذلك.
ignored-none = لا أحد في القائمة.
ignored-end = إلغاء التجاهل
deletion-title = حذف الحساب
deletion-about = سيُمحى اسمك وبريدك ورسائلك وكل ما نحفظه عنك. لا يمكن التراجع عن ذلك.
deletion-submit = حذف الحساب نهائيًا
deletion-link-about = يمكنك أيضًا التأكيد برابط نرسله إلى بريدك.
deletion-link = أرسلوا الرابط بالبريد
deletion-staff = هذا حساب تابع لغرفة الأخبار. اطلب من المالك إنهاءه.
farewell-title = تم حذف حسابك
farewell-about = مُحي كل ما كنا نحفظه عنك. شكرًا لأنك كنت معنا.
password-first-title = اختر كلمة مرور
password-first-about = ستنتهي كل جلساتك الأخرى.
wrong-too-soon = كان ذلك سريعًا جدًا. راجع ما كتبته وأرسله مرة أخرى.
wrong-email-disposable = استخدم بريدًا سيبقى لديك في العام المقبل.
wrong-name-taken = هذا اسم أحد العاملين في غرفة الأخبار. اختر غيره.
passkeys = مفاتيح المرور
passkeys-about = يتيح مفتاح المرور الدخول ببصمتك أو وجهك أو رمز جهازك بدلًا من كلمة المرور.
passkey-name = الجهاز
passkey-add = إضافة مفتاح مرور
passkey-end = إزالة
passkey-sign-in = الدخول بمفتاح مرور
passkey-failed = لم ينجح ذلك. حاول مرة أخرى أو استخدم طريقة أخرى.
outbox-title = البريد الصادر
outbox-about = أحدث الرسائل إلى القراء. لا يُحفظ النص إلا إلى حين إرساله؛ ومن دون خادم بريد يُعرض هنا.
outbox-none = لم يُرسل شيء بعد.
outbox-waiting = في الانتظار
outbox-sent = أُرسلت
outbox-shown = لم تُرسل: لا خادم بريد
outbox-failed = تم التخلي عنها
outbox-open = فتح الرابط
mail-register-subject = أكّد بريدك لدى { $site }
mail-register-text = طلب أحدهم إنشاء حساب بهذا البريد. إن كنت أنت، فأكّده.
mail-known-subject = لديك حساب لدى { $site }
mail-known-text = أراد أحدهم التسجيل بهذا البريد، لكن له حسابًا بالفعل. إن كنت أنت، فادخل بهذا الرابط.
mail-sign-in-subject = رابط دخولك إلى { $site }
mail-sign-in-text = طلبت رابطًا للدخول.
mail-password-subject = كلمة مرور جديدة لدى { $site }
mail-password-text = طلبت كلمة مرور جديدة. اخترها بهذا الرابط.
mail-address-subject = أكّد بريدك الجديد لدى { $site }
mail-address-text = تريد أن يكون هذا عنوان حسابك. أكّده.
mail-address-taken-subject = لهذا البريد حساب لدى { $site }
mail-address-taken-text = أراد أحدهم نقل حسابه إلى هذا البريد، لكن له حسابًا بالفعل. لم يتغير شيء.
mail-address-told-subject = تغيّر بريد حسابك لدى { $site }
mail-address-told-text = نُقل حسابك من هذا البريد إلى آخر. إن لم تكن أنت، فاكتب إلى غرفة الأخبار فورًا.
mail-deletion-subject = حذف حسابك لدى { $site }؟
mail-deletion-text = طلبت حذف حسابك. بهذا الرابط يُمحى كل ما نحفظه عنك.
mail-unknown-subject = لا حساب بهذا البريد لدى { $site }
mail-unknown-text = أراد أحدهم الدخول بهذا البريد، لكن لا حساب له. إن كنت أنت، فربما سجّلت ببريد آخر؛ أو سجّل الآن.
mail-staff-subject = الدخول إلى { $site }
mail-staff-text = أنت تعمل في غرفة الأخبار: ادخل بكلمة مرورك وبالخطوة الثانية. إن فقدت كلمة المرور فاطلب من المالك رابطًا جديدًا.
mail-closed-subject = هذا الحساب لدى { $site } مغلق
mail-closed-text = أُغلق الحساب المرتبط بهذا البريد. اكتب إلى غرفة الأخبار إن أردت استعادته.
mail-passkey-subject = مفتاح مرور جديد لدى { $site }
mail-passkey-text = أُضيف مفتاح مرور إلى حسابك. إن لم تكن أنت، فأزِله في صفحة حسابك وغيّر كلمة المرور.
mail-once = يعمل الرابط مرة واحدة، لمدة ساعة، في المتصفح الذي طلبته منه.
mail-not-you = إن لم تكن أنت، فلا تفعل شيئًا: لن يحدث شيء من دون الرابط.
mail-foot = أرسلت { $site } هذه الرسالة لأن أحدهم أدخل هذا البريد في الموقع. يُرجى عدم الرد عليها.

# Moderation log
modlog = الإشراف على الدردشات
modlog-about = كل قرارات المشرفين في الأشهر الأخيرة، الأحدث أولاً. يُذكر ما جرى وسببه؛ ولا يُذكر اسم أحد ولا تُقتبس أي رسالة.
modlog-none = لم يُتخذ أي قرار بعد.
modlog-undone = أُلغي
modlog-rule = رصدته قاعدة
modlog-did-reject = رسالة لم تُعرض
modlog-did-remove = رسالة أُزيلت
modlog-did-hold = رسالة عُلّقت للمراجعة
modlog-did-warn = تحذير
modlog-did-time_out = إيقاف مؤقت
modlog-did-mute = منع من الكتابة
modlog-did-ban = حظر
modlog-ground-abuse = إساءة شخصية
modlog-ground-hate = كراهية
modlog-ground-threat = تهديد
modlog-ground-spam = رسائل مزعجة
modlog-ground-off_topic = خارج الموضوع
modlog-ground-personal_data = بيانات شخصية
modlog-ground-illegal = مخالف للقانون
modlog-ground-other = قواعد النقاش
