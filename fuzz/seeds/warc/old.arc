filedesc://x.arc 0.0.0.0 20010101000000 text/plain 76
1 0 InternetArchive
URL IP-address Archive-date Content-type Archive-length

http://a.example/o 1.2.3.4 20010102030405 text/html 1364
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Last-Modified: Mon, 06 May 2019 09:00:00 GMT

<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Storm closes harbour - The Ledger</title>
<link rel="canonical" href="https://www.example.org/2019/05/06/storm"><meta property="og:title" content="Storm closes harbour">
<meta property="article:published_time" content="2019-05-06T10:00:00+02:00"><meta name="author" content="Ann Fisher">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Storm closes harbour","datePublished":"2019-05-06T10:00:00+02:00","author":{"@type":"Person","name":"Ann Fisher"}}</script>
</head><body><nav><a href="/">Home</a><a href="/news">News</a></nav><article><h1>Storm closes harbour</h1><p class="byline">By Ann Fisher <time datetime="2019-05-06">6 May 2019</time></p>
<p>The harbour of Aldmouth was closed on Sunday evening after a storm had pressed eleven boats against the northern wall.</p><img data-src="/a.jpg" src="data:,">
<p>Nobody was hurt, the harbour master said, but two of the boats were so badly damaged that they would have to be lifted out of the water.</p></article>
<aside><h2>Related</h2><ul><li><a href="/a">An older story</a> <time datetime="2018-01-01">1 Jan</time></li></ul></aside><footer>&copy; 2024 The Ledger</footer></body></html>

