### 界面文字，简体中文。数字传入两次：`count` 用于选择形式，`shown` 是写法。

## 日期
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
month-short-1 = 1月
month-short-2 = 2月
month-short-3 = 3月
month-short-4 = 4月
month-short-5 = 5月
month-short-6 = 6月
month-short-7 = 7月
month-short-8 = 8月
month-short-9 = 9月
month-short-10 = 10月
month-short-11 = 11月
month-short-12 = 12月
weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日
date-long = { $year }年{ $month }{ $day }日 { $time } { $zone }
date-short = { $month_short }{ $day }日 { $time }
date-date = { $year }年{ $month }{ $day }日
date-day = { $year }年{ $month }{ $day }日 { $weekday }
number-group = ,

## 页面框架
skip-to-content = 跳到正文
menu = 菜单
sections = 栏目
all-sections = 全部栏目与服务
editions = 版本
front-page = 首页
search = 搜索
sign-in = 登录
sign-out = 退出登录
about-us = 关于我们
beside = 滚动新闻
appearance = 外观
appearance-system = 跟随设备
appearance-light = 浅色
appearance-dark = 深色
shortcuts-on = 快捷键：“/”打开搜索
feed-rss = RSS 订阅
lite-version = 纯文字版
full-version = 完整版
dismiss = 关闭提示
close = 关闭
loading = 正在载入…
loading-failed = 载入失败，请重试。
connection-lost = 实时更新中断，正在重新连接。
connection-back = 实时更新已恢复。

## 首页与列表
live = 直播
live-now = 正在直播
top-stories = 要闻
latest-stories = 最新报道
most-read = 最受关注
nothing-published = 这里还没有发布内容。
topic = 话题
topics = 话题
authors = 作者
pages = 分页
pages-newer = 较新
pages-older = 较早
pages-at = 第 { $page } 页，共 { $pages } 页
pages-number = 第 { $page } 页
list-comma = 、
list-and = 、
byline-by = 撰文：
breaking = 突发：

## 体裁
kind-news = 新闻
kind-live = 直播
kind-feature = 特写
kind-analysis = 分析
kind-opinion = 评论
kind-offbeat = 趣闻
kind-gallery = 图片集
kind-video = 视频

## 报道
published = 发布于
updated = 更新于
first-published = 首次发布
also-in = 其他语言版本
translation-stale = （正在更新）
translation-outdated = 本译文的原文此后已有更改：
copy-link = 复制链接
link-copied = 链接已复制
share = 分享
story-age-months = 本文发布已超过 { $count } 个月。
story-age-years = 本文发布已超过 { $count } 年。
what-changed = 修改记录
story-corrections = 本文的更正与更新
sources-count = 本文有 { $count } 个消息来源
source-confidential = 编辑部为其隐去姓名
source-kind-official = 官方
source-kind-document = 文件
source-kind-witness = 目击者
source-kind-agency = 通讯社
source-kind-expert = 专家
source-kind-data = 数据
source-kind-anonymous = 要求匿名
storyline = 事件脉络：
explore-topics = 更多相关话题
related = 相关报道
next-story = 下一篇
next-read-here = 在此继续阅读
gallery-at = 第 { $at } 张，共 { $of } 张

## 直播报道
live-closed = 本场直播已结束。
live-entries = 直播动态
key-event = 关键时刻
key-events = 关键时刻
pinned = 置顶
live-held = { $shown } 条新动态
updates-pause = 暂停更新
updates-resume = 继续更新

## 版本与更正
corrections = 更正
corrections-about = 所有更正、澄清、撤稿和重要更新，最新的在前。我们不会悄悄改动。
corrections-none = 目前没有更正。
correction-kind-update = 更新
correction-kind-clarification = 澄清
correction-kind-correction = 更正
correction-kind-retraction = 撤稿
corrected-update = 已更新
corrected-clarification = 已澄清
corrected-correction = 已更正
corrected-retraction = 已撤稿
versions-about = 读者看到过的内容，以及首次发布以来的变化。
headline-before = 原标题
headline-after = 新标题
text-changes = 正文改动

## 滚动新闻
newsfeed = 滚动
newsfeed-about = 我们发布的全部内容，按时间排列，最新的在前。
newsfeed-all = 全部滚动新闻
newsfeed-mark-read = 全部标为已读
newsfeed-unseen = 滚动新闻有 { $shown } 条新内容
newsfeed-held = 显示 { $shown } 条新内容
level-flash = 快讯
level-urgent = 紧急
level-bulletin = 简报
level-routine = 消息

## 搜索
search-label = 搜索报道
search-results = 搜索结果
search-results-for = “{ $q }”的搜索结果
search-count = 与“{ $q }”有关的报道 { $shown } 篇
search-none = 没有找到与“{ $q }”有关的报道。请检查写法，或减少关键词。

## 纯文字版
lite-picture = 图片：

## 错误
error-403-title = 您无权查看此页
error-403-text = 您可能需要换一个账号登录，或请编辑为您开通权限。
error-404-title = 找不到此页
error-404-text = 地址可能有误，或页面已移动。请搜索报道，或查看最新内容。
error-410-title = 此报道已撤回
error-410-text = 它曾在此发布，现已移除。
error-413-title = 内容过大
error-413-text = 您发送的内容超出了我们接受的大小。
error-429-title = 请求过多
error-429-text = 我们不得不放慢您的请求。
error-500-title = 我们这边出了问题
error-500-text = 故障已记录，我们会处理。请稍后再试。
error-503-title = 马上回来
error-503-text = 网站暂时无法访问。
error-other-title = 操作未成功
error-other-text = 无法完成请求。
error-retry = 请在 { $shown } 秒后重试。
error-reference = 技术支持参考号：
withdrawn-at = 撤回时间
withdrawn-about = 我们不会悄悄移除报道；撤回记录见

## 登录、首位所有者、账号
field-name = 姓名
field-email = 电子邮箱
field-password = 密码
password-hint = 至少 { $count } 个字符。几个连续的词就很好；可以粘贴。
password-show = 显示密码
password-hide = 隐藏密码
setup-title = 设置您的新闻编辑部
setup-about = 您是第一位到来的人。此账号将拥有本站，之后可以邀请他人。
setup-submit = 创建所有者账号
sign-in-help = 忘记密码？站点所有者可以给您发送新链接。
totp-title = 输入验证码
totp-about = 打开身份验证应用，输入本站的验证码。
totp-enrol-title = 启用两步登录
totp-enrol-about = 用身份验证应用扫描二维码，或手动输入密钥，然后用应用显示的验证码确认。
totp-enrol-submit = 确认并启用
totp-qr = 供身份验证应用扫描的二维码
totp-secret = 密钥：
totp-open-app = 在应用中打开
totp-code = 验证码
totp-code-hint = 六位数字，或一个恢复码。
totp-on = 两步登录已启用
totp-off = 启用两步登录
sessions = 已登录的设备
session-device = 设备
session-started = 登录时间
session-seen = 最近活动
session-current = 本设备
session-end = 退出该设备
tokens = API 令牌
tokens-none = 还没有令牌。可用“wireroom token add”创建。
token-name = 名称
token-scope = 权限
token-made = 创建时间
token-used = 最近使用
token-end = 停用
token-shown-once = 请立即复制此令牌，它不会再次显示。
never = 从未
scope-read = 读取
scope-reader = 以读者身份操作
scope-desk = 编辑部工作
open-desk = 打开编辑台
role-reader = 读者
role-moderator = 版主
role-photo = 图片编辑
role-reporter = 记者
role-editor = 编辑
role-owner = 所有者

## What changed, said to screen readers before the words
diff-added = 新增：
diff-removed = 删除：
diff-changed = 修改：
