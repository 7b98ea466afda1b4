//! SVG and MathML inside of XHTML: elements and attributes that readers let through.

use super::lists::{Words, words};

static SVG: Words = words!(
    " a animate animatecolor animatemotion animatetransform circle clippath defs desc ellipse fegaussianblur filter \
    font-face font-face-name font-face-src foreignobject g glyph hkern image lineargradient line marker mask metadata missing-glyph mpath \
    path pattern polygon polyline radialgradient rect set stop svg switch symbol text textpath title tspan use view "
);

pub(crate) fn is_svg_element(name: &str) -> bool {
    SVG.contains(name.to_ascii_lowercase().as_str())
}

/// SVG 1.1 appendix M, but for what acts.
static SVG_ATTRIBUTES: Words = words!(
    " accent-height accumulate additive alignment-baseline alphabetic arabic-form ascent attributename attributetype basefrequency \
    baseprofile baseline-shift bbox begin bias by calcmode cap-height class clip clip-path clip-rule clippathunits color \
    color-interpolation color-interpolation-filters color-profile color-rendering content contentscripttype contentstyletype cursor cx cy d \
    descent diffuseconstant direction display divisor dominant-baseline dur dx dy edgemode elevation enable-background end exponent \
    externalresourcesrequired fill fill-opacity fill-rule filter filterres filterunits flood-color flood-opacity focusable font-family \
    font-size font-size-adjust font-stretch font-style font-variant font-weight format from fx fy g1 g2 glyph-name \
    glyph-orientation-horizontal glyph-orientation-vertical glyphref gradienttransform gradientunits hanging height horiz-adv-x \
    horiz-origin-x horiz-origin-y href hreflang id ideographic image-rendering in in2 intercept k k1 k2 k3 k4 kernelmatrix \
    kernelunitlength kerning keypoints keysplines keytimes lang lengthadjust letter-spacing lighting-color limitingconeangle local \
    marker-end marker-mid marker-start markerheight markerunits markerwidth mask maskcontentunits maskunits mathematical max media method \
    min mode name numoctaves offset opacity operator order orient orientation origin overflow overline-position overline-thickness \
    panose-1 path pathlength patterncontentunits patterntransform patternunits pointer-events points pointsatx pointsaty pointsatz \
    preservealpha preserveaspectratio primitiveunits r radius refx refy rel rendering-intent repeatcount repeatdur requiredextensions \
    requiredfeatures requiredfonts requiredformats restart result role rotate rx ry scale seed shape-rendering slope spacing \
    specularconstant specularexponent spreadmethod startoffset stddeviation stemh stemv stitchtiles stop-color stop-opacity \
    strikethrough-position strikethrough-thickness string stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin \
    stroke-miterlimit stroke-opacity stroke-width style surfacescale systemlanguage tabindex tablevalues target targetx targety \
    text-anchor text-decoration text-rendering textlength title to transform type u1 u2 underline-position underline-thickness unicode \
    unicode-bidi unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical values vector-effect version \
    vert-adv-y vert-origin-x vert-origin-y viewbox viewtarget visibility width widths word-spacing writing-mode x x-height x1 x2 \
    xchannelselector xmlns y y1 y2 ychannelselector z zoomandpan "
);

pub(crate) fn is_svg_attribute(name: &str) -> bool {
    is_prefixed(name) || SVG_ATTRIBUTES.contains(name.to_ascii_lowercase().as_str())
}

static MATHML: Words = words!(
    " abs and annotation annotation-xml apply approx arccos arcsin arctan bind bvar card ceiling ci cn codomain compose condition cos csymbol \
    curl declare degree determinant diff divide domain emptyset eq equivalent eulergamma exists exp factorial factorof floor forall \
    gcd geq grad gt ident image imaginary imaginaryi implies in infinity int intersect interval inverse lambda laplacian lcm leq limit \
    list ln log logbase lowlimit lt maction maligngroup malignmark math matrix matrixrow max mean median menclose merror mfenced mfrac \
    mglyph mi min minus mlabeledtr mlongdiv mmultiscripts mn mo mode moment mover mpadded mphantom mprescripts mroot mrow ms mspace \
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover naturalnumbers neq none not notin notsubset or otherwise \
    partialdiff pi piece piecewise plus power primes product quotient rationals real reals rem root scalarproduct sdev selector semantics \
    sep set setdiff sin sinh subset sum tan tanh tendsto times transpose union uplimit variance vector vectorproduct xor "
);

pub(crate) fn is_mathml_element(name: &str) -> bool {
    MATHML.contains(name)
}

/// MathML 3 chapter 3, but for what acts.
static MATHML_ATTRIBUTES: Words = words!(
    " accent accentunder actiontype align alignmentscope altimg alttext background base bevelled charalign class close color columnalign \
    columnlines columnspacing columnspan columnwidth crossout decimalpoint definitionurl denomalign depth dir display displaystyle edge \
    encoding equalcolumns equalrows fence fontfamily fontsize fontstyle fontweight form frame framespacing groupalign height href id \
    indentalign indentshift infixlinebreakstyle intent arg largeop length linebreak lineleading linethickness location longdivstyle lquote \
    lspace ltr macros mathbackground mathcolor mathsize mathvariant maxsize mediummathspace minlabelspacing minsize mode movablelimits \
    name nargs notation numalign occurrence open order other overflow position rightoverhang rowalign rowlines rowspacing rowspan \
    rquote rspace scope scriptlevel scriptminsize scriptsizemultiplier selection separator separators shift side src stackalign \
    stretchy style subscriptshift superscriptshift symmetric thickmathspace thinmathspace title type valign verythickmathspace \
    verythinmathspace voffset width xmlns xref "
);

pub(crate) fn is_mathml_attribute(name: &str) -> bool {
    is_prefixed(name) || MATHML_ATTRIBUTES.contains(name.to_ascii_lowercase().as_str())
}

/// Attributes of other vocabularies, of data and of accessibility.
fn is_prefixed(name: &str) -> bool {
    name.contains(':') || name.starts_with("data-") || name.starts_with("aria-")
}
