//! Pictures for readers, and the desk's pictures. Routes first, handlers in that order.

use crate::asset::Asset;
use crate::picture::ORIGINAL_BYTES;
use crate::public::PublicMedia;
use crate::rendition::{AVIF, JPEG, ladder};
use crate::store::{Store, blocking};
use crate::words::Saying;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use base::blobs::Arrival;
use base::web::{Access, Caller, Json, Path, Route, bind};
use base::{App, Error, Result};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use lexicon::AssetId;
use serde_json::{Value, json};

/// The form around a file, in bytes.
const FORM_BYTES: u64 = 64 << 10;

/// What the handlers stand on.
#[derive(Clone)]
struct Desk {
    app: App,
    store: Store,
}

pub fn routes(app: &App, store: &Store) -> Vec<Route> {
    let desk = Desk {
        app: app.clone(),
        store: store.clone(),
    };
    let routes = vec![
        Route::get("/media/{key}/{file}", show_picture)
            .public(600)
            .answers_with(200, "image/jpeg")
            .answers_with(200, "image/avif")
            .about(
                "A published picture in one of its widths; as AVIF for those who accept it, once it is made.",
            ),
        Route::post("/api/v1/desk/assets", add_desk_asset)
            .private(Access::PICTURES)
            .body_limit(ORIGINAL_BYTES + FORM_BYTES)
            .body_of("multipart/form-data")
            .about("Brings in a picture: the field file, and texts to say more than the file does."),
        Route::get("/api/v1/desk/assets/{id}", show_desk_asset)
            .private(Access::DESK)
            .about("A picture with everything that is known of it."),
        Route::put("/api/v1/desk/assets/{id}", save_desk_asset)
            .private(Access::PICTURES)
            .body::<Saying>()
            .about("Changes what is said of a picture; fields that are left out stay."),
        Route::get("/api/v1/desk/assets/{id}/picture", show_desk_picture)
            .private(Access::DESK)
            .answers_with(200, "image/jpeg")
            .about("A picture as the desk sees it, public or not."),
    ];
    bind(&desk, routes)
}

/// Another site may show the picture (feed readers do), but nothing in it may ever run.
const NOTHING_RUNS: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");
/// Readers may keep a picture for a week; what stands between must ask again after ten minutes, so that one which was
/// withdrawn is soon gone.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=604800, s-maxage=600");

async fn show_picture(
    State(desk): State<Desk>,
    Path((key, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let missing = || Error::not_found("media.not_found");
    let width = file.strip_suffix(".jpg").ok_or_else(missing)?;
    let width = width
        .parse::<u32>()
        .ok()
        .filter(|number| number.to_string() == width)
        .ok_or_else(missing)?;
    let smaller = accepts_avif(&headers);
    let found = desk.app.db.public().read(move |read| {
        let Some(media) = PublicMedia::by_key(read, &key)? else {
            return Ok(None);
        };
        let avif = if smaller {
            media.rendition(read, width, AVIF)?
        } else {
            None
        };
        let made = match avif {
            Some(blob) => Some((AVIF, blob)),
            None => media.rendition(read, width, JPEG)?.map(|blob| (JPEG, blob)),
        };
        Ok(Some((media, made)))
    });
    let (media, made) = found.await?.ok_or_else(missing)?;
    if let Some((format, blob)) = made {
        let etag = HeaderValue::try_from(format!("\"{}\"", &blob.as_str()[..32])).map_err(Error::internal)?;
        if headers.get(header::IF_NONE_MATCH) == Some(&etag) {
            return Ok(dressed(StatusCode::NOT_MODIFIED, format, Some(etag), Vec::new()));
        }
        let blobs = desk.store.blobs.clone();
        let bytes = blocking(move || blobs.read(&blob)).await?;
        return Ok(dressed(StatusCode::OK, format, Some(etag), bytes));
    }
    if !ladder(media.width).contains(&width) {
        return Err(missing());
    }
    let bytes = desk.store.print(&desk.app.db, &media.asset, width).await?;
    Ok(dressed(StatusCode::OK, JPEG, None, bytes))
}

/// Whether a browser says that it knows AVIF (RFC 9110 §12.5.1). One that takes anything has not said so.
fn accepts_avif(headers: &HeaderMap) -> bool {
    let named = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.contains("image/avif"));
    headers.get_all(header::ACCEPT).iter().any(named) && !cfg!(feature = "planted-jpeg-for-all")
}

fn dressed(status: StatusCode, format: &str, etag: Option<HeaderValue>, bytes: Vec<u8>) -> Response {
    let media_type = if format == AVIF {
        "image/avif"
    } else {
        "image/jpeg"
    };
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, KEPT);
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    headers.insert(header::CONTENT_SECURITY_POLICY, NOTHING_RUNS);
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    headers.extend(etag.map(|etag| (header::ETAG, etag)));
    response
}

async fn add_desk_asset(State(desk): State<Desk>, caller: Caller, request: Request) -> Result<Response> {
    let upload = Upload::read(&desk.store, request).await?;
    upload.saying.check()?;
    let (arrival, name) = upload
        .file
        .ok_or_else(|| Error::invalid("file", "media.no_file", "send the picture in the field file"))?;
    let _room = desk.store.room().await?;
    let store = desk.store.clone();
    let mut draft = blocking(move || store.take_in(arrival, &name, upload.saying)).await?;
    draft.by = Some(caller.person);
    let add = move |tx: &mut base::Tx| {
        let id = Asset::add(tx, &draft)?;
        Asset::by_id(tx, &id)
    };
    let asset = desk.app.db.write(add).await?;
    let item = desk.item(&asset)?;
    let location = format!("/api/v1/desk/assets/{}", asset.id);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        axum::Json(item),
    )
        .into_response())
}

async fn show_desk_asset(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response> {
    let id = asset_id(&id)?;
    let asset = desk.app.db.read(move |read| Asset::by_id(read, &id)).await?;
    Ok(axum::Json(desk.item(&asset)?).into_response())
}

async fn save_desk_asset(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    Json(saying): Json<Saying>,
) -> Result<Response> {
    let id = asset_id(&id)?;
    let save = move |tx: &mut base::Tx| {
        let asset = Asset::by_id(tx, &id)?;
        let focal = (
            saying.focal_x.unwrap_or(asset.focal.0),
            saying.focal_y.unwrap_or(asset.focal.1),
        );
        Asset::save(tx, &id, &saying.clone().over(asset.words), focal)
    };
    let asset = desk.app.db.write(save).await?;
    Ok(axum::Json(desk.item(&asset)?).into_response())
}

/// Wide enough for the writing column and the panes beside it.
const DESK_WIDTH: u32 = 720;

async fn show_desk_picture(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response> {
    let id = asset_id(&id)?;
    let found = id.clone();
    let asset = desk.app.db.read(move |read| Asset::by_id(read, &found)).await?;
    let widths = ladder(asset.width);
    let width = widths.iter().copied().find(|width| *width >= DESK_WIDTH);
    let width = width.or(widths.last().copied()).unwrap_or(asset.width);
    let bytes = desk.store.print(&desk.app.db, &id, width).await?;
    let mut response = dressed(StatusCode::OK, JPEG, None, bytes);
    response.headers_mut().remove(header::CACHE_CONTROL);
    response.headers_mut().remove("cross-origin-resource-policy");
    Ok(response)
}

/// A form as it came in. The file is on the disk already, and gone again unless it is kept.
#[derive(Default)]
struct Upload {
    file: Option<(Arrival, String)>,
    saying: Saying,
}

impl Upload {
    /// Errors: `media.form`, `media.field`, `media.two_files`, too large.
    async fn read(store: &Store, request: Request) -> Result<Self> {
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| Error::invalid("Content-Type", "web.media_type", "send multipart/form-data"))?;
        let mut upload = Self::default();
        while let Some(field) = form.next_field().await.map_err(form_refusal)? {
            match field.name().unwrap_or_default() {
                "file" if upload.file.is_some() => {
                    return Err(Error::invalid(
                        "file",
                        "media.two_files",
                        "send one picture at a time",
                    ));
                }
                "file" => upload.file = Some(received(store, field).await?),
                name => {
                    let name = name.to_owned();
                    let text = field.text().await.map_err(form_refusal)?;
                    upload.saying.set(&name, text)?;
                }
            }
        }
        Ok(upload)
    }
}

/// Writes the file to the disk as it comes, so that a large one takes no memory.
async fn received(store: &Store, mut field: Field<'_>) -> Result<(Arrival, String)> {
    let name = field.file_name().unwrap_or("picture").to_owned();
    let mut arrival = store.blobs.receive()?;
    while let Some(chunk) = field.chunk().await.map_err(form_refusal)? {
        if arrival.bytes() + chunk.len() as u64 > ORIGINAL_BYTES {
            return Err(Error::TooLarge {
                limit_bytes: ORIGINAL_BYTES,
            });
        }
        arrival = blocking(move || pushed(arrival, &chunk)).await?;
    }
    Ok((arrival, name))
}

fn pushed(mut arrival: Arrival, chunk: &[u8]) -> Result<Arrival> {
    arrival.push(chunk)?;
    Ok(arrival)
}

fn form_refusal(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge {
            limit_bytes: ORIGINAL_BYTES,
        };
    }
    Error::invalid("body", "media.form", error.body_text())
}

fn asset_id(text: &str) -> Result<AssetId> {
    AssetId::parse(text).map_err(|_| Error::not_found("media.not_found"))
}

impl Desk {
    fn item(&self, asset: &Asset) -> Result<Value> {
        let mut item = serde_json::to_value(&asset.words)?;
        let own = json!({
            "id": asset.id, "url": format!("{}/desk/assets/{}", self.app.config.origin(), asset.id), "type": asset.media_type,
            "width": asset.width, "height": asset.height, "file_name": asset.file_name, "version": asset.version,
            "focal_x": asset.focal.0, "focal_y": asset.focal.1, "made_at": asset.made_at.rfc3339(),
        });
        if let (Value::Object(item), Value::Object(own)) = (&mut item, own) {
            item.extend(own);
        }
        Ok(item)
    }
}
